package io.stagemark.trial;

import io.stagemark.machine.Canary;
import io.stagemark.machine.LoadWatch;
import io.stagemark.machine.LoadWatch.Load;
import io.stagemark.machine.SystemFiles;
import io.stagemark.result.MachineReading;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialResult.Measured;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the machine before the first trial, between trials and after the last one, in the parent: a
 * reading between two trials belongs to both. Not thread-safe.
 */
public final class MachineWatch {
  private final SystemFiles files = SystemFiles.ofThisMachine();
  private final Canary canary = new Canary();
  private final Thread warming = new Thread(canary::run, "stagemark-canary");
  private Optional<MachineReading> last = Optional.empty();

  /** Warms the canary up beside what a run does before its first trial; it is no reading yet. */
  public MachineWatch() {
    warming.setDaemon(true);
    warming.start();
  }

  /** Takes the reading before the first trial: about a quarter of a second. */
  public void begin() throws InterruptedException {
    warming.join();
    last = Optional.of(read());
  }

  /** Returns a trial's figures with the readings around it; call it when the trial has ended. */
  public Measured around(Measured measured) {
    MachineReading before = last.orElseThrow();
    MachineReading after = read();
    last = Optional.of(after);
    return measured.with(
        measured
            .circumstances()
            .orElseThrow(() -> new IllegalStateException("a trial leaves its circumstances"))
            .around(before, after));
  }

  private MachineReading read() {
    LoadWatch watch = LoadWatch.start(files);
    Canary.Times times = canary.run();
    Load load = watch.stop();
    return new MachineReading(
        times.bestNanos(),
        times.medianNanos(),
        load.stealShare(),
        load.elsewhereShare(),
        loadAverage());
  }

  private static OptionalDouble loadAverage() {
    double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return average < 0 ? OptionalDouble.empty() : OptionalDouble.of(average);
  }

  /** Returns the record of the machine's load while a trial measured. */
  static TrialLoad during(Load load) {
    return new TrialLoad(
        load.wallNanos(),
        load.ownCpuNanos(),
        load.stealShare(),
        load.elsewhereShare(),
        load.throttledNanos());
  }
}
