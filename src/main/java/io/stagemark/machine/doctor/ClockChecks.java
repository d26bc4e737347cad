package io.stagemark.machine.doctor;

import static java.util.Locale.ROOT;

import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check.Verdict;
import java.util.List;

/** The clock that every figure comes from. */
final class ClockChecks {
  private static final String SOURCE =
      "sys/devices/system/clocksource/clocksource0/current_clocksource";
  private static final List<String> GOOD_SOURCES =
      List.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter", "xen");
  private static final int ROUNDS = 100;
  private static final int CALLS = 20_000;

  private ClockChecks() {}

  static Check source(SystemFiles files) {
    String why = "a slow clock source costs a system call or more for each reading";
    return files
        .text(SOURCE)
        .map(
            found ->
                Check.of(
                    "clock source",
                    GOOD_SOURCES.contains(found) ? Verdict.OK : Verdict.BAD,
                    found,
                    why,
                    "the kernel's log says why it left tsc; boot with clocksource=tsc tsc=reliable"))
        .orElseGet(() -> Check.absent("clock source", "current_clocksource", why));
  }

  /** Reads the clock two million times: below 0.1 s. */
  static Check timer() {
    long step = Long.MAX_VALUE;
    long backwards = 0;
    double cost = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long last = start;
      for (int i = 0; i < CALLS; i++) {
        long now = System.nanoTime();
        if (now > last && now - last < step) {
          step = now - last;
        } else if (now < last) {
          backwards++;
        }
        last = now;
      }
      // The cheapest round: the others hold what else the machine did.
      cost = Math.min(cost, (double) (last - start) / CALLS);
    }
    return timer(step, cost, backwards);
  }

  /** OK to a step and cost of 100 ns, at most ten readings a batch; WARN to 1 µs. */
  static Check timer(long stepNanos, double costNanos, long backwards) {
    Verdict verdict =
        backwards > 0
            ? Verdict.BAD
            : Verdict.upTo(Math.max((double) stepNanos, costNanos), 100, 1000);
    return Check.of(
        "timer",
        verdict,
        String.format(
            ROOT,
            "smallest step %d ns, %.0f ns a reading%s",
            stepNanos,
            costNanos,
            backwards > 0 ? ", went backwards " + backwards + " times" : ""),
        "a batch is timed with ten readings; their step and cost are in every stage",
        "a machine with an invariant time-stamp counter, or batches long enough to hide it");
  }
}
