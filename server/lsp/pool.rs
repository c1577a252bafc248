//! Work beside the event loop: on few threads, and none for requests that are cancelled while they wait.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::Url;

use crate::lsp::pace::Kind;
use crate::stop::{self, Stop};

/// How much runs at once of what takes long, and of what does not. Two are enough to ask one file while
/// another is being analysed; each holds the memory it works in.
const LONG: usize = 2;
const SHORT: usize = 2;
pub(super) const THREADS: usize = LONG + SHORT;

/// How many requests may wait. No editor has so many open; one that does is told to ask again.
const WAITING: usize = 10_000;

pub(super) struct Pool {
    long: Arc<Semaphore>,
    short: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// The newest request of those kinds of which only the newest matters.
    newest: Mutex<HashMap<(Url, Kind), Arc<Notify>>>,
}

impl Pool {
    pub(super) fn new() -> Self {
        let (long, short) = (Arc::new(Semaphore::new(LONG)), Arc::new(Semaphore::new(SHORT)));
        Self { long, short, waiting: AtomicUsize::new(0), newest: Mutex::default() }
    }

    /// Runs `work` on another thread once one is free. When this is dropped, `work` never starts, or
    /// stops; it counts until it is over.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        is_long: bool,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let permit = self.turn(is_long).await?;
        let waiting = Waiting(Stop::default());
        let stop = waiting.0.clone();
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            stop::until(&stop, work)
        });
        match task.await {
            Ok(answer) => answer.ok_or_else(Error::request_cancelled),
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            Err(_) => Err(Error::request_cancelled()),
        }
    }

    /// The same for a request whose answer is of no use once a newer one of its kind is made.
    pub(super) async fn run_newest<T: Send + 'static>(
        &self,
        (url, kind): (Url, Kind),
        is_long: bool,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let key = (url, kind);
        let own = Arc::new(Notify::new());
        let replaced = self.newest().insert(key.clone(), Arc::clone(&own));
        if let Some(replaced) = replaced {
            replaced.notify_one();
        }
        let _entry = Entry { pool: self, key, own: &own };
        let started = Arc::new(Notify::new());
        let starting = Arc::clone(&started);
        let mut running = std::pin::pin!(self.run(is_long, move || {
            starting.notify_one();
            work()
        }));
        tokio::select! {
            biased;
            answer = &mut running => answer,
            () = started.notified() => running.await,
            () = own.notified() => Err(replaced_by_newer(kind)),
        }
    }

    async fn turn(&self, is_long: bool) -> Result<OwnedSemaphorePermit> {
        let _waiting = Counted::new(&self.waiting).ok_or_else(|| Error {
            code: ErrorCode::ServerError(-32803),
            message: "too many requests are waiting".into(),
            data: None,
        })?;
        let turns = if is_long { &self.long } else { &self.short };
        Arc::clone(turns).acquire_owned().await.map_err(|_| Error::request_cancelled())
    }

    fn newest(&self) -> std::sync::MutexGuard<'_, HashMap<(Url, Kind), Arc<Notify>>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Editors forget their diagnostics when a pull ends with another code.
fn replaced_by_newer(kind: Kind) -> Error {
    let is_pull = kind == Kind::Diagnostics;
    Error {
        code: if is_pull { ErrorCode::ServerError(-32802) } else { ErrorCode::ContentModified },
        message: "replaced by a newer request".into(),
        data: is_pull.then(|| serde_json::json!({"retriggerRequest": false})),
    }
}

/// Somebody who waits for an answer. Without them the work stops.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.ask();
    }
}

/// A request that counts as the newest of its kind, until it is answered or dropped.
struct Entry<'a> {
    pool: &'a Pool,
    key: (Url, Kind),
    own: &'a Arc<Notify>,
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        let mut newest = self.pool.newest();
        if newest.get(&self.key).is_some_and(|it| Arc::ptr_eq(it, self.own)) {
            newest.remove(&self.key);
        }
    }
}

/// One of those that wait.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Option<Self> {
        let counted = Self(count);
        (count.fetch_add(1, Ordering::Relaxed) < WAITING).then_some(counted)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use futures::future::join_all;

    use super::*;

    /// Counts how much runs at once, and how much ran.
    #[derive(Default)]
    struct Load {
        now: AtomicUsize,
        most: AtomicUsize,
        all: AtomicUsize,
    }

    impl Load {
        fn work(&self) {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            self.all.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1));
            self.now.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn few_run_at_once() {
        let (pool, load) = (Pool::new(), Arc::new(Load::default()));
        let all = (0..50).map(|_| {
            let load = Arc::clone(&load);
            pool.run(true, move || load.work())
        });
        join_all(all).await;
        assert_eq!(load.all.load(Ordering::SeqCst), 50);
        assert_eq!(load.most.load(Ordering::SeqCst), LONG);
    }

    #[tokio::test]
    async fn cancelled_requests_leave_nothing() {
        let (pool, load) = (Arc::new(Pool::new()), Arc::new(Load::default()));
        let spawn = |_| {
            let (pool, load) = (Arc::clone(&pool), Arc::clone(&load));
            tokio::spawn(async move { pool.run(true, move || load.work()).await })
        };
        let tasks: Vec<_> = (0..5_000).map(spawn).collect();
        tokio::task::yield_now().await;
        for task in &tasks {
            task.abort();
        }
        for task in tasks {
            let _ = task.await;
        }
        assert!(load.all.load(Ordering::SeqCst) <= LONG);
        assert_eq!(pool.waiting.load(Ordering::SeqCst), 0);
        pool.run(true, || ()).await.unwrap();
        assert!(load.most.load(Ordering::SeqCst) <= LONG);
    }

    #[tokio::test]
    async fn cancelled_work_stops() {
        let (pool, (started, has_started)) = (Arc::new(Pool::new()), channel());
        let running = Arc::clone(&pool);
        let task = tokio::spawn(async move {
            let long = move || {
                for _ in 0..20_000 {
                    let _ = started.send(());
                    thread::sleep(Duration::from_millis(1));
                    stop::point();
                }
            };
            running.run(true, long).await
        });
        tokio::task::yield_now().await;
        has_started.recv().unwrap();
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        // Both turns are free again only when it has ended.
        let turns = pool.long.acquire_many(u32::try_from(LONG).unwrap());
        tokio::time::timeout(Duration::from_secs(10), turns).await.unwrap().unwrap().forget();
    }

    #[tokio::test]
    async fn the_newest_replaces_what_waits() {
        let pool = Pool::new();
        let (go, may_go) = channel::<()>();
        let may_go = Arc::new(Mutex::new(may_go));
        let hold = |_| {
            let may_go = Arc::clone(&may_go);
            pool.run(true, move || may_go.lock().unwrap().recv().is_ok())
        };
        let mut held = Box::pin(join_all((0..LONG).map(hold)));
        assert!(futures::poll!(held.as_mut()).is_pending());
        let key = || (Url::parse("a:b").unwrap(), Kind::Completion);
        let mut old = Box::pin(pool.run_newest(key(), true, || 1));
        assert!(futures::poll!(old.as_mut()).is_pending());
        let mut new = Box::pin(pool.run_newest(key(), true, || 2));
        assert!(futures::poll!(new.as_mut()).is_pending());
        assert_eq!(old.await.unwrap_err().code, ErrorCode::ContentModified);
        (0..LONG).for_each(|_| go.send(()).unwrap());
        held.await;
        assert_eq!(new.await.unwrap(), 2);
        assert!(pool.newest().is_empty());
    }

    #[tokio::test]
    async fn too_many_are_refused() {
        let pool = Pool::new();
        pool.waiting.store(WAITING, Ordering::SeqCst);
        let code = pool.run(true, || ()).await.unwrap_err().code.code();
        assert_eq!((code, pool.waiting.load(Ordering::SeqCst)), (-32803, WAITING));
    }
}
