package io.stagemark.machine.doctor;

import io.stagemark.machine.Canary;
import io.stagemark.machine.CgroupLimits;
import io.stagemark.machine.LoadWatch;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;

/** Looks the machine over. */
public final class Doctor {
  private static final int ROUNDS = 10;

  private final SystemFiles files;

  /**
   * @param files of the machine
   */
  public Doctor(SystemFiles files) {
    this.files = files;
  }

  /** Returns every check: about four seconds, in which the machine should be left alone. */
  public List<Check> examine() {
    int cores = Runtime.getRuntime().availableProcessors();
    CgroupLimits limits = CgroupLimits.read(files);
    List<Check> checks = new ArrayList<>();
    checks.add(ClockChecks.timer());
    checks.add(ClockChecks.source(files));
    checks.add(ProcessorChecks.cores(cores));
    checks.add(ProcessorChecks.quota(limits, cores));
    checks.add(ProcessorChecks.governor(files));
    checks.add(ProcessorChecks.turbo(files));
    checks.add(ProcessorChecks.smt(files, cores));
    checks.add(ProcessorChecks.virtualisation(files));
    checks.addAll(load(cores));
    checks.add(MemoryChecks.free(files, limits));
    checks.add(MemoryChecks.swap(files));
    checks.add(JvmChecks.version(Runtime.version().feature(), Runtime.version().toString()));
    checks.add(
        JvmChecks.flags(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv()));
    checks.add(JvmChecks.recorder(FlightRecorder.isAvailable()));
    return checks;
  }

  private List<Check> load(int cores) {
    Canary canary = new Canary();
    canary.run();
    LoadWatch watch = LoadWatch.start(files);
    List<Canary.Times> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(canary.run());
    }
    LoadWatch.Load load = watch.stop();
    return List.of(
        LoadChecks.steal(load),
        LoadChecks.elsewhere(load),
        LoadChecks.average(
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), cores),
        LoadChecks.canary(rounds),
        LoadChecks.jitter(rounds));
  }

  /** Returns whether nothing is so bad that figures would be wrong or would not repeat. */
  public static boolean fit(List<Check> checks) {
    return checks.stream().noneMatch(check -> check.verdict() == Verdict.BAD);
  }
}
