//! Which processes of this machine are still the ones they were: a number alone is given again to others. Read from the
//! system's own table, which everybody may read; nothing here touches a process.

/// The instant at which a process began, in the system's ticks since it started; none where there is no such process, or
/// one that has ended and only waits for its parent to take note.
pub fn began(pid: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // the name in brackets may hold blanks and brackets; the state is the 3rd field, the start the 22nd (proc(5))
    let mut after = text.rsplit_once(')')?.1.split_whitespace();
    let state = after.next()?;
    (!matches!(state, "Z" | "X")).then(|| after.nth(18)?.parse().ok())?
}

/// Whether the process with this number is the one that began then.
pub fn lives(pid: u32, at: u64) -> bool {
    began(pid) == Some(at)
}

/// The process that started this one, such as the sshd of a session.
pub fn parent(pid: u32) -> Option<u32> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// The program's name of a process, as the system has it.
pub fn name(pid: u32) -> Option<String> {
    Some(std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_lives_and_one_that_began_at_another_instant_is_another() {
        let me = std::process::id();
        let at = began(me).unwrap();
        assert!(lives(me, at) && !lives(me, at + 1) && !lives(u32::MAX, at));
        assert_eq!(parent(me), Some(std::os::unix::process::parent_id()));
        assert!(name(me).is_some() && name(u32::MAX).is_none());
    }

    #[test]
    fn a_process_that_has_ended_and_waits_for_its_parent_lives_no_more() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let stat = format!("/proc/{}/stat", child.id());
        while !std::fs::read_to_string(&stat).unwrap().contains(") Z ") {
            std::thread::yield_now();
        }
        assert_eq!(began(child.id()), None);
        child.wait().unwrap();
    }
}
