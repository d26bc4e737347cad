package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.comparison.Difference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConfoundersTest {

  private static StoredRuns runs(Consumer<StoredRuns> change) {
    StoredRuns runs = new StoredRuns(1);
    runs.trials = 1;
    runs.batches = 1;
    change.accept(runs);
    return runs;
  }

  private static List<Difference> between(Consumer<StoredRuns> a, Consumer<StoredRuns> b) {
    StoredRun baseline = runs(a).run();
    StoredRun candidate = runs(b).run();
    return Confounders.between(
        baseline,
        baseline.result().cases().get(0),
        candidate,
        candidate.result().cases().get(0),
        PolicyReader.byDefault());
  }

  /** One run that differs in this factor alone. */
  private static void change(StoredRuns runs, Factor factor) {
    switch (factor) {
      case CPU -> runs.cpu = "Another CPU";
      case CORES -> runs.cores = 4;
      case OS -> runs.os = "Linux 7";
      case JDK -> runs.jdk = "JDK 25";
      case JVM_FLAGS -> runs.jvmFlags = List.of("-Xmx1g");
      case LIBRARIES -> runs.libraries = Map.of("onnxruntime", "1.2");
      case DATASET -> runs.dataset = "ef".repeat(32);
      case MEASURE -> runs.measure = Map.of("trials", 5, "totalFrom", "IMAGE");
      case MODEL -> runs.sha256 = "12".repeat(32);
      case ENGINE -> runs.engine = "pytorch";
      case DEVICE -> runs.device = "cuda";
      case THREADS -> runs.threads = 8;
      case BATCH -> runs.batch = 16;
      case OPTIONS -> runs.options = Map.of("arena", "off");
    }
  }

  @ParameterizedTest
  @EnumSource
  void between_oneFactor_isThatOne(Factor factor) {
    assertThat(between(a -> {}, b -> change(b, factor)))
        .extracting(Difference::factor)
        .containsExactly(factor);
    assertThat(between(a -> change(a, factor), b -> change(b, factor))).isEmpty();
  }

  @Test
  void between_moreOfTheSameMeasurement_isNoDifference() {
    Map<String, Object> more =
        Map.of(
            "trials", 9,
            "seed", 3,
            "minSeconds", 9,
            "minBatches", 9,
            "maxBatches", 9,
            "trialTimeoutSeconds", 9,
            "totalFrom", "FILE");
    assertThat(between(a -> {}, b -> b.measure = more)).isEmpty();
  }

  // The case runs on ONNX Runtime; OpenCV decodes for every engine.
  @Test
  void between_librariesOfOtherEngines_areNoDifference() {
    assertThat(between(a -> a.libraries = Map.of("pytorch", "2.7"), b -> {})).isEmpty();
    assertThat(between(a -> a.libraries = Map.of("opencv", "4.12", "pytorch", "2.7"), b -> {}))
        .containsExactly(new Difference(Factor.LIBRARIES, "{opencv=4.12}", "{}", false));
  }

  // A library that one side alone has loaded says nothing of the other.
  @Test
  void between_nativeLibraries_areComparedWhereBothSidesHaveThem() {
    Optional<MachineRecord> some = machine(Map.of("libA.so", "11", "libB.so", "22"));
    Optional<MachineRecord> same = machine(Map.of("libB.so", "22", "libC.so", "33"));
    Optional<MachineRecord> other = machine(Map.of("libB.so", "44", "libC.so", "33"));
    assertThat(between(a -> a.machine = some, b -> b.machine = same)).isEmpty();
    assertThat(between(a -> a.machine = some, b -> {})).isEmpty();
    assertThat(between(a -> a.machine = some, b -> b.machine = other))
        .containsExactly(new Difference(Factor.LIBRARIES, "{libB.so=22}", "{libB.so=44}", false));
  }

  private static Optional<MachineRecord> machine(Map<String, String> natives) {
    return Optional.of(
        new MachineRecord(
            "ab",
            new MachineRecord.Processors(
                OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of()),
            new MachineRecord.Host(
                Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalLong.empty()),
            new MachineRecord.Software("VM", List.of(), natives, Map.of()),
            new MachineRecord.Checkout(Optional.empty(), Optional.empty())));
  }

  @Test
  void between_otherCardOfTheSameFiles_isAnotherModel() {
    assertThat(between(a -> {}, b -> b.task = Map.of("type", "classification")))
        .extracting(Difference::factor)
        .containsExactly(Factor.MODEL);
  }

  // Options have meanings of their own in each engine.
  @Test
  void between_otherEngine_doesNotCompareOptions() {
    assertThat(between(a -> a.options = Map.of("arena", "off"), b -> b.engine = "pytorch"))
        .extracting(Difference::factor)
        .containsExactly(Factor.ENGINE);
  }
}
