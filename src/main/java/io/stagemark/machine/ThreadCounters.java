package io.stagemark.machine;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongBinaryOperator;

/**
 * What the kernel counted for one thread: proc(5), {@code status}, {@code stat} and {@code
 * schedstat} of the thread that asks.
 *
 * @param voluntarySwitches times it gave up its core to wait
 * @param involuntarySwitches times its core was taken from it
 * @param minorFaults page faults without a disk
 * @param majorFaults page faults that waited for a disk
 * @param waitingNanos time it was ready to run and had no core, in nanoseconds
 */
public record ThreadCounters(
    OptionalLong voluntarySwitches,
    OptionalLong involuntarySwitches,
    OptionalLong minorFaults,
    OptionalLong majorFaults,
    OptionalLong waitingNanos) {
  private static final String STATUS = "proc/thread-self/status";

  /** Returns the counts of the calling thread until now. */
  public static ThreadCounters read(SystemFiles files) {
    // Behind the name, which may hold blanks and brackets: state is word 0, minflt 7, majflt 9.
    Optional<String[]> stat =
        files
            .text("proc/thread-self/stat")
            .map(text -> text.substring(text.lastIndexOf(')') + 1).strip().split("\\s+", -1));
    Optional<String[]> schedule =
        files.text("proc/thread-self/schedstat").map(text -> text.split("\\s+", -1));
    return new ThreadCounters(
        files.fieldNumber(STATUS, "voluntary_ctxt_switches"),
        files.fieldNumber(STATUS, "nonvoluntary_ctxt_switches"),
        word(stat, 7),
        word(stat, 9),
        word(schedule, 1));
  }

  private static OptionalLong word(Optional<String[]> words, int index) {
    return words.isPresent()
            && words.get().length > index
            && words.get()[index].matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(words.get()[index]))
        : OptionalLong.empty();
  }

  /** Returns the differences from an earlier reading of the same thread. */
  public ThreadCounters since(ThreadCounters earlier) {
    return with(earlier, (now, before) -> now - before);
  }

  /**
   * Returns the sums of the counts of two threads; without a sum where one of them has no count.
   */
  public ThreadCounters plus(ThreadCounters other) {
    return with(other, Long::sum);
  }

  private ThreadCounters with(ThreadCounters other, LongBinaryOperator how) {
    return new ThreadCounters(
        both(voluntarySwitches, other.voluntarySwitches, how),
        both(involuntarySwitches, other.involuntarySwitches, how),
        both(minorFaults, other.minorFaults, how),
        both(majorFaults, other.majorFaults, how),
        both(waitingNanos, other.waitingNanos, how));
  }

  private static OptionalLong both(OptionalLong one, OptionalLong other, LongBinaryOperator how) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(how.applyAsLong(one.getAsLong(), other.getAsLong()))
        : OptionalLong.empty();
  }
}
