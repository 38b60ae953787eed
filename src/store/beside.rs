//! What many rows need before they are written, and what needs no database, is worked out in a second thread beside the
//! writing: an import is one writer, and a machine has more than one processor.

use std::sync::mpsc::sync_channel;

/// Fewer are not worth a thread.
const MANY: usize = 256;
/// How many stand ready at most.
const AHEAD: usize = 64;

/// Works out `make` of each, in their order, while `take` takes what is ready; what it refuses ends both.
pub fn each<T: Sync, U: Send, E>(
    all: &[T],
    make: impl Fn(&T) -> U + Sync,
    mut take: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    if all.len() < MANY {
        return all.iter().try_for_each(|one| take(make(one)));
    }
    std::thread::scope(|scope| {
        let (give, ready) = sync_channel(AHEAD);
        let make = &make;
        scope.spawn(move || {
            // whoever takes no more has said why
            all.iter().try_for_each(|one| give.send(make(one)))
        });
        ready.into_iter().try_for_each(&mut take)
    })
}

/// Works out `make` of each beside `here`, and answers both.
pub fn all<T: Sync, U: Send, R>(
    all: &[T],
    make: impl Fn(&T) -> U + Sync,
    here: impl FnOnce() -> R,
) -> (Vec<U>, R) {
    if all.len() < MANY {
        return (all.iter().map(make).collect(), here());
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(|| all.iter().map(&make).collect());
        let done = here();
        match second.join() {
            Ok(worked_out) => (worked_out, done),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_worked_out_in_their_order_as_few_are_and_a_refusal_ends_it() {
        for count in [3, MANY * 4] {
            let rows: Vec<usize> = (0..count).collect();
            let mut taken = Vec::new();
            let done: Result<(), ()> = each(
                &rows,
                |n| n * 2,
                |twice| {
                    taken.push(twice);
                    Ok(())
                },
            );
            assert!(done.is_ok());
            assert_eq!(taken, rows.iter().map(|n| n * 2).collect::<Vec<_>>());
            let mut left = 2;
            let refused = each(
                &rows,
                |n| *n,
                |n| {
                    left -= 1;
                    if left == 0 { Err(n) } else { Ok(()) }
                },
            );
            assert_eq!(refused, Err(1));
            let (made, here) = all(&rows, |n| n + 1, || "here");
            assert_eq!((made.last(), here), (Some(&count), "here"));
        }
    }
}
