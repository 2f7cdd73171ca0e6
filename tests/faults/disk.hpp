// SQLite's files with faults: a VFS that fails the n-th operation of a kind, over the one of the system.
#pragma once

namespace crm::test {

enum Operation { kRead, kWrite, kSync, kTruncate, kLock, kOpen, kOperations };

/// Makes it what SQLite opens files by, once. Nothing is brought to the disk by it: there is no power to fail here.
void use_faulty_disk();
/// From now on the n-th of these operations fails, counted from 1 (0: none); `sticky`: those after it as well. `full`: for want of room,
/// else as by a broken disk.
void arm_disk(Operation operation, long n, bool sticky, bool full);
/// None fails from now on; how many of these there were since they were armed.
long disarm_disk(Operation operation);

}  // namespace crm::test
