package io.stagemark.trial;

import io.stagemark.result.ColdStart;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Records the parts of a trial's start: each part ends where the next begins. Not thread-safe. */
public final class ColdStartLedger {
  /** When the parent asked for this process, as an ISO-8601 instant. */
  public static final String SPAWNED = "stagemark.spawned";

  // What was before this moment is the JVM's part.
  private final Optional<Duration> jvm =
      Optional.ofNullable(System.getProperty(SPAWNED))
          .map(at -> Duration.between(Instant.parse(at), Instant.now()));
  private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
  private long last = System.nanoTime();

  /** The parts that end inside the trial. */
  enum Part {
    PROGRAM,
    ENGINE,
    MODEL,
    SESSION,
    STAGES,
    FIRST_BATCH
  }

  /** Ends a part and returns how long it took, in nanoseconds. */
  long end(Part part) {
    long now = System.nanoTime();
    long took = now - last;
    nanos.put(part, took);
    last = now;
    return took;
  }

  /** Returns the parts; empty if the process was not started by a run or a part was not reached. */
  Optional<ColdStart> result() {
    if (jvm.isEmpty() || nanos.size() < Part.values().length) {
      return Optional.empty();
    }
    return Optional.of(
        new ColdStart(
            jvm.get().toNanos(),
            of(Part.PROGRAM),
            of(Part.ENGINE),
            of(Part.MODEL),
            of(Part.SESSION),
            of(Part.STAGES),
            of(Part.FIRST_BATCH),
            ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()));
  }

  private long of(Part part) {
    return nanos.getOrDefault(part, 0L);
  }
}
