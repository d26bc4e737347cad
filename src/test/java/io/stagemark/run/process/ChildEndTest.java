package io.stagemark.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.machine.FileTree;
import io.stagemark.trial.ChildFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a child's JVM ends with is named by its cause, with what to do about it. */
final class ChildEndTest {
  @TempDir Path folder;
  @TempDir Path root;
  private FileTree machine;

  @BeforeEach
  void machine() throws Exception {
    machine = new FileTree(root);
    machine.with("proc/self/cgroup", "0::/\n").with("proc/vmstat", "oom_kill 4\n");
  }

  private ChildEnd end() {
    return new ChildEnd("the trial's JVM", folder, 64, machine.files());
  }

  private void stdout(String text) throws Exception {
    Files.writeString(folder.resolve(ChildEnd.STDOUT), text);
  }

  @Test
  void reason_heapExhausted_namesHeapSettingAndItsValue() throws Exception {
    stdout("a line\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n");
    assertThat(end().reason(3))
        .startsWith("the trial's JVM ran out of Java heap, measure.heapMiB: 64")
        .contains("\n  try: a larger measure.heapMiB (now 64)");
  }

  @Test
  void reason_classesExhausted_isNotCalledHeap() throws Exception {
    stdout("Terminating due to java.lang.OutOfMemoryError: Metaspace\n");
    assertThat(end().reason(3)).contains("memory for classes").doesNotContain("heapMiB");
  }

  @Test
  void reason_threadsExhausted_namesTheLimitOfProcesses() {
    ChildFailure.write(folder, new OutOfMemoryError("unable to create native thread: limits"));
    assertThat(end().reason(3)).contains("could not start a thread").contains("ulimit -u");
  }

  @Test
  void reason_exceptionLeftByTheChild_hasClassMessageFramesAndCause() {
    ChildFailure.write(
        folder, new IllegalStateException("outer", new NoSuchMethodError("intoByteBuffer")));
    assertThat(end().reason(3))
        .startsWith("the trial's JVM failed: java.lang.IllegalStateException: outer\n")
        .contains("\n    at io.stagemark.run.process.ChildEndTest.")
        .contains("\n  caused by java.lang.NoSuchMethodError: intoByteBuffer");
  }

  @Test
  void reason_stackOverflow_isNamed() {
    ChildFailure.write(folder, new StackOverflowError());
    assertThat(end().reason(3)).contains("overflowed its stack");
  }

  // Older builds leave no file: the first lines of the printed trace are read.
  @Test
  void reason_printedTrace_isReadFromItsBeginning() throws Exception {
    Files.writeString(
        folder.resolve(ChildEnd.STDERR),
        """
        stagemark: a defect of the program, please report it:
        java.lang.NoSuchMethodError: 'void FloatVector.intoByteBuffer(byte[])'
        \tat io.stagemark.preprocess.PlaneLoopVector.run(PlaneLoopVector.java:88)
        \tat picocli.CommandLine.execute(CommandLine.java:2172)
        """);
    assertThat(end().reason(3))
        .contains("java.lang.NoSuchMethodError: 'void FloatVector.intoByteBuffer(byte[])'")
        .contains("at io.stagemark.preprocess.PlaneLoopVector.run(PlaneLoopVector.java:88)")
        .doesNotContain("picocli");
  }

  @Test
  void reason_killedWhileTheGroupsCountRose_isTheKernelsOutOfMemory() throws Exception {
    machine.with("sys/fs/cgroup/memory.events", "oom 1\noom_kill 1\n");
    machine.with("sys/fs/cgroup/memory.max", "536870912\n"); // 512 MiB
    ChildEnd end = end();
    machine.with("sys/fs/cgroup/memory.events", "oom 2\noom_kill 2\n");
    assertThat(end.reason(137))
        .startsWith("the trial's JVM was killed by the kernel: out of memory")
        .contains("512 MiB", "signal 9 (SIGKILL, exit code 137)");
  }

  @Test
  void reason_killedOnACgroupOfVersion1_isTheKernelsOutOfMemory() throws Exception {
    machine.with("proc/self/cgroup", "4:memory:/docker/x\n");
    machine.with("sys/fs/cgroup/memory/memory.oom_control", "under_oom 0\noom_kill 0\n");
    ChildEnd end = end();
    machine.with("sys/fs/cgroup/memory/memory.oom_control", "under_oom 0\noom_kill 1\n");
    assertThat(end.reason(137)).contains("killed by the kernel: out of memory");
  }

  @Test
  void reason_killedWithoutACount_isTheSignalAlone() {
    assertThat(end().reason(137))
        .isEqualTo("the trial's JVM was killed by signal 9 (SIGKILL, exit code 137)");
  }

  @Test
  void reason_nativeCrash_namesSignalAndFrame() throws Exception {
    Files.writeString(
        folder.resolve("hs_err.log"),
        """
        #
        #  SIGSEGV (0xb) at pc=0x00007f, pid=12, tid=13
        #
        # Problematic frame:
        # C  [libonnxruntime.so+0x12]  Run+0x3
        #
        """);
    assertThat(end().reason(134))
        .contains("signal 6 (SIGABRT, exit code 134)")
        .contains("SIGSEGV (0xb) at pc=0x00007f in C  [libonnxruntime.so+0x12]  Run+0x3");
  }
}
