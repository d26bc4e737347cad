package io.stagemark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.config.ModelCard.Port;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Score;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineSettings;
import io.stagemark.result.CaseResult;
import io.stagemark.result.OutputProof;
import io.stagemark.result.OutputProof.NotFinite;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.result.UnreadableExample;
import io.stagemark.result.Validity;
import io.stagemark.stats.LatencyCounts;
import io.stagemark.task.TaskSettings;
import io.stagemark.trial.ScoredPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What shards say of their outputs, together. */
final class MergedCaseTest {
  private static final CaseSpec SPEC =
      new CaseSpec(
          new ModelCard(
              "net",
              "",
              "",
              "",
              Path.of("net"),
              Map.of(),
              List.of(new Port("x", ElementType.FLOAT32, List.of(1L, 2L))),
              List.of(new Port("y", ElementType.FLOAT32, List.of(1L, 2L))),
              new TaskSettings(
                  "tensors", Optional.empty(), Optional.empty(), new LabelMap(List.of()))),
          "constant",
          new EngineSettings(Device.CPU, 1, Map.of()),
          1);

  private static ScoredPart part(OutputProof outputs, long latencyNanos, String... unreadable) {
    LatencyCounts latencies = new LatencyCounts();
    latencies.add(latencyNanos);
    return new ScoredPart(
        outputs.examples(),
        List.of(unreadable).stream().map(id -> new UnreadableExample(id, "cut")).toList(),
        outputs,
        latencies.text());
  }

  private static OutputProof odd(int examples, String... ids) {
    return new OutputProof(
        examples,
        true,
        ids.length == 0,
        ids.length == 0
            ? List.of()
            : List.of(new NotFinite("y", true, ids.length, List.of(ids), 2, 1)),
        List.of(new Sign(false, "all alike", "look")));
  }

  private static CaseResult merged(ScoredPart... parts) throws Exception {
    return MergedCase.begin(SPEC, List.of("bce"), Path.of("a.shard")).result(List.of(parts));
  }

  // 10 + 20 examples, of which 2 + 2 are odd; three are named; 4 numbers are NaN, 2 infinite
  @Test
  void result_outputsThatAreNotFiniteInOneShard_leavesTheCaseWithoutScores() throws Exception {
    CaseResult one =
        merged(part(odd(10, "a", "b"), 1), part(odd(20, "c", "d"), 1), part(odd(30), 1));
    assertThat(one.scored().scores()).extracting(Score::value).containsExactly(Double.NaN);
    Validity validity = one.proof().orElseThrow().validity();
    assertThat(validity.valid()).isFalse();
    assertThat(validity.reasons().get(0).found())
        .contains("in 4 of 60 examples (a, b, c, …): 4 numbers are NaN, 2 infinite");
    // the same sign of three shards is said once
    assertThat(one.proof().orElseThrow().notes())
        .filteredOn(note -> note.contains("all alike"))
        .hasSize(1);
  }

  @Test
  void result_unreadableExamples_areNamedAsInARun() throws Exception {
    CaseResult one = merged(part(odd(1), 1, "first.png"), part(odd(2), 1, "second.png"));
    Validity validity = one.proof().orElseThrow().validity();
    assertThat(validity.reasons())
        .extracting(Validity.Reason::code)
        .containsExactly(Validity.Code.UNREADABLE_EXAMPLES);
    assertThat(validity.reasons().get(0).found())
        .startsWith("2 examples could not be decoded (first.png: cut; second.png: cut)");
  }

  // 2 ms and 4 ms: nearest rank p50 is the first
  @Test
  void result_latencies_areANoteThatSaysWhatTheyAre() throws Exception {
    CaseResult one = merged(part(odd(1), 2_000_000), part(odd(1), 4_000_000));
    assertThat(one.proof().orElseThrow().validity().valid()).isTrue();
    assertThat(one.proof().orElseThrow().notes())
        .anyMatch(
            note ->
                note.startsWith("2 batches took 2.00 ms (p50) and 4.00 ms (p99)")
                    && note.contains("not a measurement"));
    assertThat(one.timed().stages()).isEmpty();
    assertThat(one.trials()).isEmpty();
  }
}
