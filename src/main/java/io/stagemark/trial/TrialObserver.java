package io.stagemark.trial;

import io.stagemark.data.Stage;
import io.stagemark.data.VectorApi;
import io.stagemark.machine.Disturbances;
import io.stagemark.machine.JvmEvents;
import io.stagemark.machine.JvmRecording;
import io.stagemark.machine.LoadWatch;
import io.stagemark.machine.LoadWatch.Load;
import io.stagemark.machine.MemoryTrend;
import io.stagemark.machine.MemoryWatch;
import io.stagemark.machine.RssSampler;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.SystemWatch;
import io.stagemark.machine.ThreadCounters;
import io.stagemark.result.Causes;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.Resources;
import io.stagemark.result.Resources.MemoryGrowth;
import io.stagemark.result.Resources.ThreadActivity;
import io.stagemark.trial.sample.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that is recorded next to a trial's figures, around the measured loop and never in it.
 * Used by the measuring thread alone: {@link #begin}, the loop, {@link #end}, {@link #join}, {@link
 * #circumstances}.
 */
final class TrialObserver {
  /** Of the process's memory that are kept. */
  private static final int MAX_READINGS = 100;

  private final SystemFiles files = SystemFiles.ofThisMachine();
  private final Path folder;
  private final Optional<JvmRecording> recording;
  private Optional<Running> running = Optional.empty();
  private Optional<Ended> ended = Optional.empty();
  private Optional<JvmEvents.HeapSpace> heap = Optional.empty();
  private Optional<Causes> causes = Optional.empty();

  private record Running(
      MemoryWatch memory, Optional<SystemWatch> system, LoadWatch load, ThreadCounters thread) {}

  private record Ended(
      MemoryWatch.Span memory,
      SystemWatch.SystemEvents system,
      Load load,
      ThreadCounters thread,
      OptionalLong peak) {}

  /**
   * @param causes whether is recorded what the JVM and the system did meanwhile; the JVM's events
   *     are so from now on, so that this is warm too
   * @param folder for the recording's file
   */
  TrialObserver(boolean causes, Path folder) {
    this.folder = folder;
    this.recording = causes ? Optional.of(JvmRecording.start()) : Optional.empty();
  }

  /**
   * Returns what {@link #begin} calls the calling thread; empty where the system does not report
   * it.
   */
  OptionalLong thread() {
    return SystemWatch.callingThread(files);
  }

  /**
   * Watches during the warm-up, for nothing: the threads and the code that watch are warm when it
   * counts.
   *
   * @param threads as for {@link #begin}
   */
  void rehearse(long... threads) {
    begin(threads);
  }

  /** Ends to watch and forgets what was seen. */
  void endRehearsal() {
    end();
    running = Optional.empty();
    ended = Optional.empty();
  }

  /**
   * Begins to watch; call it last before the measured loop.
   *
   * @param threads that run the batches
   */
  void begin(long... threads) {
    recording.ifPresent(JvmRecording::mark);
    MemoryWatch memory = MemoryWatch.start(files);
    Optional<SystemWatch> system = recording.map(r -> SystemWatch.start(files, threads));
    LoadWatch load = LoadWatch.start(files);
    running = Optional.of(new Running(memory, system, load, ThreadCounters.read(files)));
  }

  /** Ends to watch; call it first after the measured loop. */
  void end() {
    Running now = running.orElseThrow(() -> new IllegalStateException("begin() comes first"));
    ThreadCounters thread = ThreadCounters.read(files).since(now.thread());
    Load load = now.load().stop();
    SystemWatch.SystemEvents system =
        now.system()
            .map(SystemWatch::stop)
            .orElse(new SystemWatch.SystemEvents(Set.of(), List.of()));
    ended =
        Optional.of(new Ended(now.memory().end(), system, load, thread, RssSampler.peak(files)));
  }

  /** Replaces the calling thread's counts by those of the threads that ran the batches. */
  void measuredBy(ThreadCounters threads) {
    ended = ended.map(e -> new Ended(e.memory(), e.system(), e.load(), threads, e.peak()));
  }

  /**
   * Ends the recording and marks the batches that something of it touched. Call it before the
   * samples are written.
   */
  void join(Samples samples) throws IOException {
    if (recording.isPresent()) {
      JvmEvents events = recording.get().stop(folder.resolve("causes.jfr"));
      Ended seen = ended.orElseThrow(() -> new IllegalStateException("end() comes first"));
      CauseJoin join =
          CauseJoin.of(
              Disturbances.of(events, seen.system()), samples.starts(), samples.of(Stage.TOTAL));
      samples.setCauseBits(join.bits());
      heap = events.heap();
      causes = Optional.of(join.causes());
    }
  }

  /**
   * Returns what was seen, after {@link #join}.
   *
   * @param batches that were measured
   * @param allocatedBytes by stage
   * @param coldStart what came before
   */
  Circumstances circumstances(
      int batches, Map<String, Double> allocatedBytes, Optional<ColdStart> coldStart) {
    Ended seen = ended.orElseThrow(() -> new IllegalStateException("end() comes first"));
    Optional<MemoryGrowth> growth =
        seen.memory()
            .trend(heap)
            .map(trend -> growth(trend, batches, seen.memory().course(MAX_READINGS)));
    return new Circumstances(
        Optional.empty(),
        Optional.empty(),
        Optional.of(MachineWatch.during(seen.load())),
        causes,
        Optional.of(
            new Resources(
                Optional.of(activity(seen.thread())),
                seen.peak(),
                seen.memory().steadyBytes(),
                growth,
                allocatedBytes)),
        coldStart,
        Optional.of(VectorApi.description()));
  }

  private static MemoryGrowth growth(MemoryTrend trend, int batches, List<Long> course) {
    return new MemoryGrowth(
        trend.growthBytes(),
        (double) trend.growthBytes() / Math.max(1, batches),
        trend.thresholdBytes(),
        trend.leaking(),
        course);
  }

  private static ThreadActivity activity(ThreadCounters counters) {
    return new ThreadActivity(
        counters.voluntarySwitches(),
        counters.involuntarySwitches(),
        counters.minorFaults(),
        counters.majorFaults(),
        counters.waitingNanos());
  }
}
