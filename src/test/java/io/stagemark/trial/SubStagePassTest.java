package io.stagemark.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.result.CandidateFigures;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.StageDetail;
import io.stagemark.result.SubStages.SubStage;
import io.stagemark.run.FakeSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.TaskSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubStagePassTest {
  private static final List<ExampleSource> SOURCES =
      IntStream.range(0, 150)
          .mapToObj(i -> (ExampleSource) new ExampleSource.ImageFile(Path.of(i + ".png")))
          .toList();

  /** Two laps an example in preprocess, none in postprocess. */
  private static final class Stages implements TaskSession {
    final List<ExampleSource> seen = new ArrayList<>();
    private @Nullable LapProbe probe;

    @Override
    public void decode(int slot, ExampleSource source) {
      seen.add(source);
    }

    @Override
    public void preprocess(int count) {
      for (int i = 0; i < count && probe != null; i++) {
        probe.start();
        probe.lap("first");
        probe.lap("second");
      }
    }

    @Override
    public void postprocess(int count) {}

    @Override
    public Prediction prediction(int slot) {
      return new Prediction.Raw();
    }

    @Override
    public Observation observe(int slot, boolean withOutputs) {
      return new Observation(prediction(slot), List.of(), Optional.empty());
    }

    @Override
    public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
      probe = preprocess;
    }

    @Override
    public void close() {}
  }

  // 150 examples by two: 75 batches, after 16 that are discarded
  @Test
  void run_manyExamples_takesEachOnceAndLeavesOutStagesWithoutLaps() throws Exception {
    Stages stages = new Stages();
    List<StageLaps> laps = new SubStagePass(new FakeSession(2), stages, SOURCES, 2).run();
    assertThat(stages.seen).hasSize(2 * (16 + 75));
    assertThat(stages.seen.subList(32, 182)).containsExactlyElementsOf(SOURCES);
    assertThat(laps).extracting(StageLaps::stage).containsExactly("preprocess");
    assertThat(laps.get(0).wholeNanos()).hasSize(75);
    assertThat(laps.get(0).lapNanos().keySet()).containsExactly("first", "second");
    for (int i = 0; i < 75; i++) {
      int batch = i;
      long parts =
          laps.get(0).lapNanos().values().stream().mapToLong(each -> each.get(batch)).sum();
      assertThat(parts).isBetween(0L, laps.get(0).wholeNanos().get(i));
    }
  }

  @Test
  void run_fewExamplesOrFailingForwards_hasEnoughForAP90OrSaysHowManyItHas() throws Exception {
    List<ExampleSource> three = SOURCES.subList(0, 3);
    assertThat(
            new SubStagePass(new FakeSession(1), new Stages(), three, 1).run().get(0).wholeNanos())
        .hasSize(64);
    FakeSession failing = new FakeSession(1);
    failing.failEvery = 4; // of the forwards 17 to 80: 20, 24, … 80, which are 16
    List<StageLaps> laps = new SubStagePass(failing, new Stages(), three, 1).run();
    assertThat(laps.get(0).wholeNanos()).hasSize(48);
    assertThat(laps.get(0).lapNanos().values()).allSatisfy(each -> assertThat(each).hasSize(48));
  }

  // shares of the three batches: 1/2, 1/4, 3/4: the median is 1/2
  @Test
  void detail_ofTwoTrials_joinsTheirBatches() {
    StageLaps first =
        new StageLaps("preprocess", List.of(10L, 20L), Map.of("resize", List.of(5L, 5L)));
    StageLaps second = new StageLaps("preprocess", List.of(40L), Map.of("resize", List.of(30L)));
    StageDetail detail =
        TrialDetail.of(
                List.of(
                    new TrialDetail(Optional.empty(), List.of(first)),
                    new TrialDetail(Optional.empty(), List.of(second))))
            .orElseThrow();
    SubStage resize = detail.subStages().orElseThrow().stages().get(0).parts().get(0);
    assertThat(resize.times().count()).isEqualTo(3);
    assertThat(resize.times().maxNanos()).isEqualTo(30);
    assertThat(resize.share()).isCloseTo(.5, within(1e-12));
    assertThat(detail.candidates()).isEmpty();
    assertThat(TrialDetail.of(List.of())).isEmpty();
  }

  @Test
  void tally_ofFourExamples_hasLowerMedianAndLargest() {
    CandidateTally tally = new CandidateTally();
    for (int above : new int[] {40, 10, 30, 20}) {
      tally.add(new Prediction.Objects(List.of(), new CandidateCounts(above, 1, above / 2, 3)));
    }
    tally.add(new Prediction.Raw());
    assertThat(tally.figures())
        .contains(
            new CandidateFigures(
                4, new Spread(10, 20, 40), new Spread(5, 10, 20), new Spread(3, 3, 3), 4));
    assertThat(new CandidateTally().figures()).isEmpty();
  }
}
