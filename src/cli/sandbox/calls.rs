//! Which system calls a process may make: seccomp.
//!
//! A program with a student's functions has a list of calls that it may make: those that the standard library
//! needs to compute, to have threads, to print, and to read and answer questions. All others fail with
//! `EPERM`. rustc and its linker are known programs that need many calls; they have a list of those that they
//! may not make.

use std::collections::BTreeMap;

use anyhow::Result;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter,
};

use super::limits::Role;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What a program may call with any arguments.
const ALLOWED: &[i64] = &[
    // To end, and to be started in place of this one. Landlock decides what else could be started.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_execve,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    // Memory.
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_madvise,
    libc::SYS_membarrier,
    // Threads and time.
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getcpu,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    libc::SYS_restart_syscall,
    // Its own signals, with which the standard library recognises a stack overflow.
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // For what it has open. Landlock decides which files it may open.
    libc::SYS_openat,
    libc::SYS_close,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_readlinkat,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_fcntl,
    libc::SYS_dup,
    libc::SYS_ppoll,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_shutdown,
    // Who it is.
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_getrandom,
];

/// The same on the older architecture, which has several calls for one thing.
#[cfg(target_arch = "x86_64")]
const ALLOWED_HERE: &[i64] = &[
    libc::SYS_arch_prctl,
    libc::SYS_open,
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_poll,
    libc::SYS_time,
    libc::SYS_getrlimit,
];

#[cfg(not(target_arch = "x86_64"))]
const ALLOWED_HERE: &[i64] = &[];

/// What rustc and its linker may not call: sockets, other processes' memory, and the kernel's own affairs.
const FORBIDDEN: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_io_uring_setup,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_setrlimit,
];

/// Takes the calls away. A program that this one becomes does not have them either.
pub(super) fn restrict(role: Role) -> Result<String> {
    let deny = |error: i32| SeccompAction::Errno(error.cast_unsigned());
    match role {
        Role::Compiler => {
            let rules = FORBIDDEN.iter().map(|call| (*call, Vec::new())).collect();
            apply(rules, SeccompAction::Allow, deny(libc::EPERM))?;
        }
        Role::Answers => {
            // If this call is not there, the C library makes a thread by the older one. The flags of this
            // call are in memory, where no filter can see them.
            let newer = Rules::from([(libc::SYS_clone3, Vec::new())]);
            apply(newer, SeccompAction::Allow, deny(libc::ENOSYS))?;
            apply(answers()?, deny(libc::EPERM), SeccompAction::Allow)?;
        }
    }
    Ok("system calls, network, processes (seccomp)".to_owned())
}

fn apply(rules: Rules, otherwise: SeccompAction, matching: SeccompAction) -> Result<()> {
    let filter = SeccompFilter::new(rules, otherwise, matching, std::env::consts::ARCH.try_into()?)?;
    let program: BpfProgram = filter.try_into()?;
    Ok(apply_filter(&program)?)
}

fn answers() -> Result<Rules> {
    let mut rules: Rules = (ALLOWED.iter().chain(ALLOWED_HERE))
        .map(|call| (*call, Vec::new()))
        .collect();
    let only = |number: u8, is: SeccompCmpOp, value: u64| -> Result<Vec<SeccompRule>> {
        let condition = SeccompCondition::new(number, SeccompCmpArgLen::Qword, is, value)?;
        Ok(vec![SeccompRule::new(vec![condition])?])
    };
    let is = SeccompCmpOp::Eq;
    let thread = u64::from(libc::CLONE_THREAD.cast_unsigned());
    rules.insert(libc::SYS_clone, only(0, SeccompCmpOp::MaskedEq(thread), thread)?);
    // The other filter has an answer to this one.
    rules.insert(libc::SYS_clone3, Vec::new());
    rules.insert(
        libc::SYS_tgkill,
        only(0, is.clone(), u64::from(std::process::id()))?,
    );
    // The limits may be read but not set.
    rules.insert(libc::SYS_prlimit64, only(2, is.clone(), 0)?);
    // A thread has a name, and a piece of memory may have one.
    let mut names = only(0, is.clone(), libc::PR_SET_NAME.cast_unsigned().into())?;
    names.extend(only(0, is, libc::PR_SET_VMA.cast_unsigned().into())?);
    rules.insert(libc::SYS_prctl, names);
    Ok(rules)
}
