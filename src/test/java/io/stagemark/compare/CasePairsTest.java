package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.BadInputException;
import io.stagemark.result.RunResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CasePairsTest {

  /** A case such as {@code pytorch t4 b1}. */
  private static StoredRuns runs(String engine, int threads, int batch) {
    StoredRuns runs = new StoredRuns(1);
    runs.trials = 1;
    runs.batches = 1;
    runs.engine = engine;
    runs.threads = threads;
    runs.batch = batch;
    return runs;
  }

  private static RunResult of(StoredRuns one) {
    return one.run().result();
  }

  private static RunResult of(StoredRuns one, StoredRuns other) {
    return StoredRuns.joined(one, other).result();
  }

  private static Policy allowing(Factor... factors) {
    Policy p = PolicyReader.byDefault();
    return new Policy(
        p.name(),
        p.alpha(),
        p.minTrials(),
        p.gate(),
        p.mustFind(),
        p.margins(),
        p.stages(),
        p.quality(),
        p.exact(),
        Arrays.asList(factors));
  }

  /** Returns such as {@code a/b - c/d}. */
  private static List<String> pairs(RunResult baseline, RunResult candidate, Factor... factors)
      throws BadInputException {
    return CasePairs.of(baseline, candidate, allowing(factors)).pairs().stream()
        .map(p -> p.baseline().id() + " - " + p.candidate().id())
        .toList();
  }

  @Test
  void of_sameCasesInAnotherOrder_arePairedByWhatTheyAre() throws Exception {
    RunResult some = of(runs("a", 1, 1), runs("a", 2, 1));
    RunResult turned = of(runs("a", 2, 1), runs("a", 1, 1));
    assertThat(pairs(some, turned))
        .containsExactly("net/a/cpu/t1/b1 - net/a/cpu/t1/b1", "net/a/cpu/t2/b1 - net/a/cpu/t2/b1");
  }

  // What the policy allows to differ does not keep two cases apart; the same id comes first.
  @Test
  void of_threadsMayDiffer_takesTheSameIdFirst() throws Exception {
    RunResult some = of(runs("a", 1, 1), runs("a", 2, 1));
    RunResult others = of(runs("a", 4, 1), runs("a", 1, 1));
    assertThat(pairs(some, others, Factor.THREADS))
        .containsExactly("net/a/cpu/t1/b1 - net/a/cpu/t1/b1", "net/a/cpu/t2/b1 - net/a/cpu/t4/b1");
    assertThat(pairs(of(runs("a", 8, 1)), others, Factor.THREADS))
        .containsExactly("net/a/cpu/t8/b1 - net/a/cpu/t4/b1");
  }

  // One that is left on each side is a pair; one that is left on one side is alone.
  @Test
  void of_casesThatDiffer_arePairedWhereOneIsLeftOnEachSide() throws Exception {
    RunResult some = of(runs("a", 1, 1), runs("a", 2, 1));
    RunResult others = of(runs("a", 1, 1), runs("a", 4, 16));
    assertThat(pairs(some, others))
        .containsExactly("net/a/cpu/t1/b1 - net/a/cpu/t1/b1", "net/a/cpu/t2/b1 - net/a/cpu/t4/b16");
    RunResult three = of(runs("a", 1, 1), runs("b", 3, 1));
    assertThat(CasePairs.of(of(runs("a", 1, 1)), three, allowing()).alone())
        .containsExactly("net/b/cpu/t3/b1");
    assertThat(CasePairs.of(three, of(runs("a", 1, 1)), allowing()).alone())
        .containsExactly("net/b/cpu/t3/b1");
  }

  // Engine, batch size: each alone keeps two cases apart, unless it is what changes.
  @Test
  void of_everyPartOfTheKey_keepsCasesApart() throws Exception {
    RunResult some = of(runs("a", 1, 1), runs("a", 2, 1));
    RunResult batch = of(runs("a", 1, 16), runs("a", 2, 16));
    RunResult engine = of(runs("b", 1, 1), runs("b", 2, 1));
    for (RunResult other : List.of(batch, engine)) {
      assertThatThrownBy(() -> pairs(some, other))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(
              "no case that both runs have: [net/a/cpu/t1/b1, net/a/cpu/t2/b1]; [");
    }
    assertThat(pairs(some, batch, Factor.BATCH))
        .containsExactly(
            "net/a/cpu/t1/b1 - net/a/cpu/t1/b16", "net/a/cpu/t2/b1 - net/a/cpu/t2/b16");
    assertThat(pairs(some, engine, Factor.ENGINE))
        .containsExactly("net/a/cpu/t1/b1 - net/b/cpu/t1/b1", "net/a/cpu/t2/b1 - net/b/cpu/t2/b1");
  }
}
