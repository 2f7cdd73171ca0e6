#include "disk.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <cstring>

namespace crm::test {
namespace {

struct Armed {
  long fails_at = 0;
  bool sticky = false;
  bool full = false;
  long count = 0;
};
Armed armed[kOperations];

bool fails(Operation operation) {
  Armed& of = armed[operation];
  ++of.count;
  return of.fails_at && (of.count == of.fails_at || (of.sticky && of.count > of.fails_at));
}

/// Ours, with that of the system right after it.
struct File {
  sqlite3_file base;
  sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
};

const sqlite3_io_methods& below(sqlite3_file* file) { return *File::of(file).inner()->pMethods; }
sqlite3_file* inner(sqlite3_file* file) { return File::of(file).inner(); }

int no_room(Operation operation, int otherwise) { return armed[operation].full ? SQLITE_FULL : otherwise; }

int close(sqlite3_file* file) { return below(file).xClose(inner(file)); }
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return fails(kRead) ? SQLITE_IOERR_READ : below(file).xRead(inner(file), to, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (!fails(kWrite)) return below(file).xWrite(inner(file), from, size, at);
  below(file).xWrite(inner(file), from, size / 2, at);  // half of it has come to the disk
  return no_room(kWrite, SQLITE_IOERR_WRITE);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return fails(kTruncate) ? no_room(kTruncate, SQLITE_IOERR_TRUNCATE) : below(file).xTruncate(inner(file), size);
}
int sync(sqlite3_file*, int) { return fails(kSync) ? no_room(kSync, SQLITE_IOERR_FSYNC) : SQLITE_OK; }
int file_size(sqlite3_file* file, sqlite3_int64* size) { return below(file).xFileSize(inner(file), size); }
int lock(sqlite3_file* file, int level) { return fails(kLock) ? SQLITE_IOERR_LOCK : below(file).xLock(inner(file), level); }
int unlock(sqlite3_file* file, int level) { return below(file).xUnlock(inner(file), level); }
int reserved(sqlite3_file* file, int* is) { return below(file).xCheckReservedLock(inner(file), is); }
int control(sqlite3_file* file, int what, void* with) { return below(file).xFileControl(inner(file), what, with); }
int sector_size(sqlite3_file* file) { return below(file).xSectorSize(inner(file)); }
int characteristics(sqlite3_file* file) { return below(file).xDeviceCharacteristics(inner(file)); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
  return fails(kOpen) ? SQLITE_IOERR_SHMMAP : below(file).xShmMap(inner(file), page, size, extend, to);
}
int shm_lock(sqlite3_file* file, int from, int count, int flags) {
  // Letting go of a lock cannot fail.
  return (flags & SQLITE_SHM_LOCK) && fails(kLock) ? SQLITE_IOERR_SHMLOCK : below(file).xShmLock(inner(file), from, count, flags);
}
void shm_barrier(sqlite3_file* file) { below(file).xShmBarrier(inner(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return below(file).xShmUnmap(inner(file), remove); }

constexpr sqlite3_io_methods kMethods = {2,       close,     read,    write,       truncate,        sync,    file_size, lock,        unlock,
                                         reserved, control,  sector_size, characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* given) {
  auto* const system = static_cast<sqlite3_vfs*>(vfs->pAppData);
  file->pMethods = nullptr;
  if (fails(kOpen)) return SQLITE_CANTOPEN;
  const int result = system->xOpen(system, name, inner(file), flags, given);
  if (inner(file)->pMethods) file->pMethods = &kMethods;
  return result;
}

}  // namespace

void use_faulty_disk() {
  if (sqlite3_vfs_find("faulty")) return;
  sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs faulty = *system;
  faulty.zName = "faulty";
  faulty.pAppData = system;
  faulty.szOsFile = static_cast<int>(sizeof(File)) + system->szOsFile;
  faulty.xOpen = open;
  REQUIRE(sqlite3_vfs_register(&faulty, 1) == SQLITE_OK);
}

void arm_disk(Operation operation, long n, bool sticky, bool full) { armed[operation] = {n, sticky, full, 0}; }

long disarm_disk(Operation operation) {
  armed[operation].fails_at = 0;
  return armed[operation].count;
}

}  // namespace crm::test
