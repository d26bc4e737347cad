package io.stagemark.result.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.output.OutputTree;
import io.stagemark.result.Footprint;
import io.stagemark.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonSchemaTest {
  /** Which definition describes which record. */
  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.ofEntries(
          Map.entry("", Comparison.class),
          Map.entry("/$defs/interval", Interval.class),
          Map.entry("/$defs/side", Side.class),
          Map.entry("/$defs/difference", Difference.class),
          Map.entry("/$defs/speed", SpeedResult.class),
          Map.entry("/$defs/quality", QualityResult.class),
          Map.entry("/$defs/exact", ExactResult.class),
          Map.entry("/$defs/blame", BlameShare.class),
          Map.entry("/$defs/notJudged", NotJudged.class),
          Map.entry("/$defs/pairs", MeasuredPairs.class),
          Map.entry("/$defs/pair", PairRecord.class),
          Map.entry("/$defs/footprints", PairFootprints.class),
          Map.entry("/$defs/footprint", Footprint.class));

  @TempDir Path folder;

  @Test
  void schema_properties_areTheComponentsOfTheRecords() throws IOException {
    JsonNode schema = ComparisonSchema.tree();
    RECORDS.forEach(
        (place, type) -> {
          List<String> names = new ArrayList<>();
          schema.at(place + "/properties").fieldNames().forEachRemaining(names::add);
          assertThat(names).as(place).containsExactlyElementsOf(keys(type).toList());
          assertThat(schema.at(place + "/additionalProperties").asBoolean(true)).isFalse();
        });
    assertThat(schema.at("/$defs/verdict/enum")).hasSize(Verdict.values().length);
    assertThat(schema.at("/$defs/difference/properties/factor/enum"))
        .hasSize(Policy.Factor.values().length);
  }

  /** The components of a group are keys themselves. */
  private static Stream<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            c ->
                c.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    ? keys(c.getType())
                    : Stream.of(c.getName()));
  }

  @Test
  void schema_everySectionFilled_fits() throws IOException {
    ComparisonFile.write(OutputTree.of(folder), filled());
    assertThat(ComparisonSchema.problems(folder.resolve(ComparisonFile.NAME))).isEmpty();
  }

  @Test
  void schema_otherVerdict_doesNotFit() throws IOException {
    ComparisonFile.write(OutputTree.of(folder), filled());
    Path file = folder.resolve(ComparisonFile.NAME);
    Files.writeString(file, Files.readString(file).replace("REGRESSED", "SLOWER"));
    assertThat(ComparisonSchema.problems(file)).isNotEmpty();
  }

  // Files of a program that kept no samples have no section of pairs.
  @Test
  void read_fileWithoutPairs_isOfThisVersion() throws Exception {
    ComparisonFile.write(OutputTree.of(folder), filled());
    Path file = folder.resolve(ComparisonFile.NAME);
    String text = Files.readString(file);
    int pairs = text.lastIndexOf(',', text.indexOf("\"pairs\""));
    Files.writeString(file, text.substring(0, pairs) + "\n}\n");
    assertThat(ComparisonFile.read(file).pairs()).isEmpty();
    assertThat(ComparisonSchema.problems(file)).isEmpty();
  }

  private static Comparison filled() {
    Side side =
        new Side(
            "base",
            "net/onnxruntime",
            "2026-01-02T03:04:05Z",
            "2 cores",
            "JDK 17",
            Optional.of("main 1a2b3c4d"));
    Interval interval = new Interval(0.04, 0.06);
    PairRecord pair =
        new PairRecord(
            "samples/pair01-baseline.npy",
            "b.npy",
            Optional.of("c.npy"),
            steal(0.01),
            footprints(),
            Optional.of("measured on processor 1, the JVMs' own threads on 0"),
            Optional.of(new SharedCore(0.1, 0.2, true)));
    return new Comparison(
        Comparison.SCHEMA_VERSION,
        new Comparison.Setup(
            Comparison.Origin.LIVE,
            side,
            side,
            "default",
            0.05,
            List.of(new Change("engine", "onnxruntime", "pytorch")),
            OnBlind.NEUTRAL),
        List.of(new Difference(Policy.Factor.JVM_FLAGS, "-Xmx1g", "-Xmx2g", true)),
        List.of("pairs: 6"),
        new Comparison.Findings(
            List.of(speed(interval)),
            List.of(
                new QualityResult(
                    new QualityResult.Metric("net", "focal", "nat", true, true),
                    new QualityResult.Change(4, 1, 1, 0, interval),
                    1,
                    0.01,
                    Verdict.EQUIVALENT,
                    "")),
            List.of(
                new ExactResult("net", "flops", "per image", false, 2, 2, Verdict.EQUIVALENT, "")),
            List.of(new BlameShare("net", "forward", 4.1e6, interval)),
            List.of(new NotJudged("net", "total p99", "needs 3000 batches a pair, has 60")),
            List.of(
                new BlindSpot("net", "forward p50", 0.07, 0.05, "could have found", "more pairs"))),
        List.of("interrupted"),
        "./stagemark gate g.yaml",
        Optional.of(
            new MeasuredPairs(
                List.of(pair),
                List.of(
                    new PairRecord(
                        "a",
                        "b",
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))));
  }

  private static SpeedResult speed(Interval interval) {
    return new SpeedResult(
        new SpeedResult.Metric("net", "forward", 50, true, "15 pairs"),
        new SpeedResult.TimeChange(8e7, 8.4e7, 0.05, interval),
        new SpeedResult.ChangeTest(1e-4, 1e-3, 0.02, Double.POSITIVE_INFINITY),
        Verdict.REGRESSED,
        "");
  }

  private static Optional<PairFootprints> footprints() {
    Footprint footprint = new Footprint(OptionalLong.of(1L << 30), 2048.5);
    Footprint unknown = new Footprint(OptionalLong.empty(), 0);
    return Optional.of(new PairFootprints(footprint, unknown));
  }

  private static OptionalDouble steal(double share) {
    return OptionalDouble.of(share);
  }
}
