package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import io.stagemark.report.PrecisionText;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Machine × case: how fast each case is on each machine, and for what. Only results of the same
 * data and model files are put side by side.
 *
 * @param machines in the order given
 * @param cases by id, in the order in which they are first found; each has at least one machine
 * @param notes in what else the machines' runs differ, and what is left out
 */
public record FleetTable(
    List<FleetMachine> machines, Map<String, List<Entry>> cases, List<String> notes) {
  private static final double SECONDS_PER_HOUR = 3600;

  /** Settings that change how much is measured, not what. */
  private static final Set<String> AMOUNTS =
      Set.of(
          "trials",
          "seed",
          "minSeconds",
          "minBatches",
          "maxBatches",
          "trialTimeoutSeconds",
          "precision",
          "maxTrials",
          "maxMinutes");

  public FleetTable {
    machines = List.copyOf(machines);
    notes = List.copyOf(notes);
  }

  /**
   * A case on a machine.
   *
   * @param machine its name
   * @param totalNanos p50 of a batch's total, in nanoseconds; empty without one
   * @param precision of the p50; empty without one
   * @param framesPerSecond images over wall time
   * @param perCore images a second over the cores that the case uses: threads × streams, at most
   *     those of the machine
   * @param perWatt images a second and watt of the machine, which is images a joule
   * @param perPrice images for one unit of money
   * @param roofline achieved over attainable operations a second, a ratio; empty if operators were
   *     not timed
   */
  public record Entry(
      String machine,
      OptionalDouble totalNanos,
      Optional<RepeatInterval> precision,
      OptionalDouble framesPerSecond,
      OptionalDouble perCore,
      OptionalDouble perWatt,
      OptionalDouble perPrice,
      OptionalDouble roofline) {}

  /**
   * Returns the table. Cases that are INVALID or were not timed are left out and named.
   *
   * @param machines at least one
   * @throws BadInputException if two names are equal, or data or model files differ; each is named
   */
  public static FleetTable of(List<FleetMachine> machines) throws BadInputException {
    requireSame(machines);
    Set<String> notes = new LinkedHashSet<>(differences(machines));
    Map<String, List<Entry>> cases = new LinkedHashMap<>();
    for (FleetMachine machine : machines) {
      for (CaseResult one : machine.result().cases()) {
        Optional<Validity> wrong =
            one.proof().map(CaseProof::validity).filter(validity -> !validity.valid());
        if (wrong.isPresent()) {
          notes.add(
              "left out: %s on %s is INVALID: %s"
                  .formatted(
                      one.id(), machine.name(), wrong.get().reasons().get(0).code().words()));
        } else if (one.timed().framesPerSecond().isEmpty()) {
          notes.add("left out: %s on %s was not timed".formatted(one.id(), machine.name()));
        } else {
          cases.computeIfAbsent(one.id(), k -> new ArrayList<>()).add(entry(machine, one));
        }
      }
    }
    Comparator<Entry> fastest =
        Comparator.comparingDouble((Entry entry) -> -entry.framesPerSecond().orElse(0));
    cases.values().forEach(entries -> entries.sort(fastest));
    return new FleetTable(machines, cases, List.copyOf(notes));
  }

  private static Entry entry(FleetMachine machine, CaseResult one) {
    double fps = one.timed().framesPerSecond().orElseThrow();
    int cores =
        Math.max(
            1,
            Math.min(
                machine.result().environment().cores(),
                one.key().threads() * streams(machine.result())));
    OptionalDouble total =
        one.stage(Stage.TOTAL.label()).stream()
            .flatMapToLong(times -> times.quantile(50).nanos().stream())
            .asDoubleStream()
            .findFirst();
    return new Entry(
        machine.name(),
        total,
        PrecisionText.headline(one),
        OptionalDouble.of(fps),
        OptionalDouble.of(fps / cores),
        over(fps, machine.watts()),
        over(fps * SECONDS_PER_HOUR, machine.pricePerHour()),
        roofline(one));
  }

  private static OptionalDouble over(double value, OptionalDouble divisor) {
    return divisor.isPresent()
        ? OptionalDouble.of(value / divisor.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble roofline(CaseResult one) {
    return one.operations().stream()
        .flatMap(operations -> operations.counts().stream())
        .map(ModelCounts::operators)
        .flatMap(Optional::stream)
        .map(OperatorTimes::model)
        .filter(model -> model.fraction() > 0)
        .mapToDouble(OperatorTimes.RooflinePoint::fraction)
        .findFirst();
  }

  private static int streams(RunResult result) {
    return result.config().get("measure") instanceof Map<?, ?> measure
            && measure.get("load") instanceof Map<?, ?> load
            && load.get("streams") instanceof Number streams
        ? streams.intValue()
        : 1;
  }

  private static void requireSame(List<FleetMachine> machines) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    FleetMachine first = machines.get(0);
    for (FleetMachine machine : machines) {
      if (!names.add(machine.name())) {
        problems.add(
            new Problem(
                "machine " + machine.name(),
                "two results in folders of this name",
                "a name for each machine: that of its result's folder",
                "rename one of the folders"));
      }
      digests(first)
          .forEach(
              (what, digest) -> {
                String other = digests(machine).getOrDefault(what, digest);
                if (!other.equals(digest)) {
                  problems.add(
                      new Problem(
                          "machine " + machine.name() + ": " + what,
                          "sha256 " + other,
                          "that of machine " + first.name() + ": " + digest,
                          "run the same files on both"));
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /** The model's files by name, so that engines may differ in which of them they read. */
  private static Map<String, String> digests(FleetMachine machine) {
    Map<String, String> digests = new LinkedHashMap<>();
    digests.put("data set", machine.result().dataset().sha256());
    machine
        .result()
        .proof()
        .map(RunProof::modelDigests)
        .orElse(Map.of())
        .forEach((name, digest) -> digests.put("model file " + name, digest));
    return digests;
  }

  private static List<String> differences(List<FleetMachine> machines) {
    RunResult first = machines.get(0).result();
    List<String> notes = new ArrayList<>();
    for (FleetMachine machine : machines) {
      RunResult other = machine.result();
      differ(notes, machines, machine, "Stagemark", r -> r.environment().stagemark());
      differ(notes, machines, machine, "JDK", r -> r.environment().jdk());
      Set<String> libraries = new TreeSet<>(first.environment().libraries().keySet());
      libraries.retainAll(other.environment().libraries().keySet());
      for (String name : libraries) {
        differ(notes, machines, machine, name, r -> r.environment().libraries().get(name));
      }
      Set<String> settings = new TreeSet<>(measure(first).keySet());
      settings.removeAll(AMOUNTS);
      for (String key : settings) {
        differ(notes, machines, machine, "measure." + key, r -> measure(r).get(key));
      }
    }
    return notes;
  }

  /** What a result says of something. */
  private interface Part {
    @Nullable Object of(RunResult result);
  }

  private static void differ(
      List<String> notes,
      List<FleetMachine> machines,
      FleetMachine machine,
      String what,
      Part part) {
    FleetMachine first = machines.get(0);
    Object here = part.of(machine.result());
    Object there = part.of(first.result());
    if (!Objects.equals(here, there)) {
      notes.add(
          String.format(
              ROOT,
              "%s differs: %s on %s, %s on %s",
              what,
              there,
              first.name(),
              here,
              machine.name()));
    }
  }

  private static Map<String, Object> measure(RunResult result) {
    Map<String, Object> measure = new LinkedHashMap<>();
    if (result.config().get("measure") instanceof Map<?, ?> settings) {
      settings.forEach((key, value) -> measure.put(String.valueOf(key), value));
    }
    return measure;
  }
}
