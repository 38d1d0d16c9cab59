#include "core/io/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "core/io/output_file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"
#include "core/spec/fields.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;
using test::sentence_of;
using test::TemporaryFolder;

void put(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST(File, WhatIsWrittenIsReadBackByteForByte) {
  const TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += static_cast<char>(i * 7);
  write_file(folder / "a.bin", bytes);
  EXPECT_EQ(read_file(folder / "a.bin", bytes.size()), bytes);
  write_file(folder / "a.bin", "short");
  EXPECT_EQ(read_file(folder / "a.bin", 100), "short");
  EXPECT_EQ(folder.count(), 1);
}

TEST(File, AFileOverTheLimitIsRefusedBeforeItIsRead) {
  const TemporaryFolder folder;
  put(folder / "big", "");
  fs::resize_file(folder / "big", std::uintmax_t{1} << 40U);  // a terabyte of holes: reading it would not end
  EXPECT_EQ(sentence_of([&] { read_file(folder / "big", 1024); }),
            (folder / "big").string() + " has 1099511627776 bytes; at most 1024 are allowed");
}

TEST(File, AnEndlessDeviceIsRefusedAtTheLimit) {
  EXPECT_EQ(sentence_of([] { read_file("/dev/zero", 1000000); }),
            "/dev/zero has over 1000000 bytes; at most 1000000 are allowed");
}

TEST(File, WhatCannotBeReadSaysWhy) {
  const TemporaryFolder folder;
  const std::string missing = (folder / "missing").string();
  EXPECT_EQ(sentence_of([&] { read_file(missing, 10); }),
            missing + " cannot be read: No such file or directory");
  EXPECT_EQ(sentence_of([&] { read_file(folder.path(), 10); }),
            folder.path().string() + " cannot be read: Is a directory");
  EXPECT_EQ(sentence_of([&] { read_file("", 10); }),
            "a file with an empty name cannot be read: No such file or directory");
}

TEST(File, WhatCannotBeWrittenSaysWhyAndLeavesNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(sentence_of([&] { write_file(folder.path(), "x"); }),
            folder.path().string() + " cannot be written: Is a directory");
  const std::string lost = (folder / "no/such/folder").string();
  EXPECT_EQ(sentence_of([&] { write_file(lost, "x"); }),
            lost + " cannot be written: No such file or directory");
  EXPECT_EQ(sentence_of([] { write_file("/dev/full", "x"); }),
            "/dev/full cannot be written: No space left on device");
  EXPECT_EQ(sentence_of([] { write_file("", "x"); }),
            "a file with an empty name cannot be written: No such file or directory");
  EXPECT_EQ(folder.count(), 0);
}

TEST(File, ADiskThatFillsUpInTheMiddleLeavesTheOldFileAndNoPart) {
  const TemporaryFolder folder;
  write_file(folder / "table.csv", "old");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // the file size limit stands for the full disk: write() stops in the middle
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{65536, 65536};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const std::string said = sentence_of([&] { write_file(folder / "table.csv", std::string(200000, 'x')); });
    ::_exit(said.ends_with("table.csv cannot be written: File too large") ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read_file(folder / "table.csv", 100), "old");
  EXPECT_EQ(folder.count(), 1);
}

TEST(File, AnOutputThatIsNotCommittedLeavesWhatWasThere) {
  const TemporaryFolder folder;
  write_file(folder / "table.csv", "old");
  {
    OutputFile file(folder / "table.csv");
    file.append("half of");
    EXPECT_EQ(folder.count(), 2);
  }
  EXPECT_EQ(read_file(folder / "table.csv", 100), "old");
  EXPECT_EQ(folder.count(), 1);
}

TEST(File, NoPermissionIsASentence) {
  const TemporaryFolder folder;
  put(folder / "secret", "x");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::chmod((folder / "secret").c_str(), 0);
    if (::getuid() == 0) {
      constexpr uid_t kNobody = 65534;
      ::chmod(folder.path().c_str(), 0755);
      if (::setuid(kNobody) != 0) ::_exit(2);
    }
    const std::string read = sentence_of([&] { read_file(folder / "secret", 10); });
    const std::string written = sentence_of([&] { write_file(folder / "secret", "y"); });
    const bool right = read.ends_with("secret cannot be read: Permission denied") &&
                       written.ends_with("secret cannot be written: Permission denied");
    ::_exit(right ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(File, AReplacedFileKeepsItsPermissionsAndALinkStaysALink) {
  const TemporaryFolder folder;
  write_file(folder / "real", "old");
  ::chmod((folder / "real").c_str(), 0640);
  fs::create_symlink("real", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "real", 10), "new");
  EXPECT_EQ(fs::status(folder / "real").permissions(), fs::perms{0640});
}

TEST(File, ADeviceIsWrittenToAndNotReplaced) {
  write_file("/dev/null", "x");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(File, ATextMayHoldAnyBytesButAtLeastOneAndAtMostTheLimit) {
  const TemporaryFolder folder;
  std::string bytes("\x00\xFF\xFE\x80 text", 9);
  put(folder / "text", bytes);
  EXPECT_EQ(read_text_file(folder / "text"), bytes);
  put(folder / "text", "");
  EXPECT_EQ(sentence_of([&] { read_text_file(folder / "text"); }),
            (folder / "text").string() + " is empty; an input text needs at least one byte");
  put(folder / "text", std::string(kMaxTextBytes + 1, 'x'));
  EXPECT_EQ(sentence_of([&] { read_text_file(folder / "text"); }),
            (folder / "text").string() + " has 1048577 bytes; at most 1048576 are allowed");
}

}  // namespace
}  // namespace gradflow
