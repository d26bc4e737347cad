package io.stagemark.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.output.OutputTree;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.SampleRun;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseProof.Replay;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Precision;
import io.stagemark.result.RunResult;
import io.stagemark.result.SlowBatch;
import io.stagemark.result.TrialResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.RepeatInterval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of times, trials and the machine that are on the page alone. */
final class EvidenceSectionTest {
  private static final RunResult RUN = SampleRun.complete();
  private static final CaseResult FIRST = RUN.cases().get(0);

  @TempDir Path folder;

  private List<String> part(RunResult run, String summary) throws Exception {
    return EvidenceTexts.part(run, folder, summary);
  }

  private static RunResult withProof(CaseProof proof) {
    return EvidenceTexts.withFirst(
        RUN,
        EvidenceTexts.with(
            FIRST,
            FIRST.trials(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(proof),
            Optional.empty()));
  }

  private static CaseProof proof(Optional<Precision> precision, List<Replay> slowest) {
    CaseProof plain = FIRST.proof().orElseThrow();
    return new CaseProof(
        plain.validity(),
        precision,
        plain.pooledTrials(),
        plain.variance(),
        plain.notes(),
        slowest,
        plain.causes());
  }

  // 1 of 40 ms is 2.5 %, rounded up.
  @Test
  void precision_severalCauses_areAllThere() throws Exception {
    Precision plain = FIRST.proof().orElseThrow().precision().orElseThrow();
    List<Reason> causes = new ArrayList<>(plain.causes());
    causes.add(new Reason(Code.MACHINE_DRIFT, "the same work took 4 to 5 µs", "cool it"));
    Precision precision =
        new Precision(plain.totalNanos(), plain.stageNanos(), plain.framesPerSecond(), causes);
    assertThat(part(withProof(proof(Optional.of(precision), List.of())), "Precision"))
        .contains(
            "case: onnxruntime | found: the p50 of 3 trials differs by 5 % | what would help: more"
                + " trials (measure.trials) | code: TRIALS_DIFFER",
            "case: onnxruntime | found: the same work took 4 to 5 µs | what would help: cool it |"
                + " code: MACHINE_DRIFT",
            "case: onnxruntime | stage: forward | p50 ms: 40.00 | low: 39.00 | high: 41.00 | ±: ±3 %"
                + " | trials: 3 | rating: good");
  }

  // What the console prints as ±? is no interval on the page either.
  @Test
  void cases_ofTwoTrials_showNoInterval() throws Exception {
    Precision plain = FIRST.proof().orElseThrow().precision().orElseThrow();
    RepeatInterval known = plain.headline().orElseThrow();
    Precision few =
        new Precision(
            Map.of("p50", new RepeatInterval(known.value(), known.low() / 9, known.high() * 9, 2)),
            Map.of(),
            Optional.empty(),
            plain.causes());
    CaseResult one = withProof(proof(Optional.of(few), List.of())).cases().get(0);
    assertThat(PrecisionText.headline(one)).isPresent();
    assertThat(PrecisionText.ratedHeadline(one)).isEmpty();
    RunResult run = withProof(proof(Optional.of(few), List.of()));
    new HtmlReporter().render(run, OutputTree.of(folder));
    assertThat(Files.readString(folder.resolve(HtmlReporter.FILE)))
        .contains("±?")
        .doesNotContain(Figures.millis(known.low() / 9) + " – ")
        .doesNotContain("interval " + Figures.millis(known.low() / 9));
  }

  // 210 equal samples are enough for p95; p99 needs 662 and p99.9 needs 6636 (Percentile).
  @Test
  void stages_everyStage_hasEveryPercentileWithItsInterval() throws Exception {
    List<String> lines = part(RUN, "Every percentile");
    assertThat(lines)
        .contains(
            "case: onnxruntime | stage: total | n: 210 | mean ms: 44.94 | p50 ms: 44.94 [44.94, 44.94]"
                + " | p90 ms: 44.94 [44.94, 44.94] | p95 ms: 44.94 [44.94, 44.94]"
                + " | p99 ms: needs 662 | p99.9 ms: needs 6636"
                + " | deviation ms: 0.000000 | min ms: 44.94 | max ms: 44.94",
            "case: onnxruntime | finding: gap p50 0.4 µs, 0.001 % of the total");
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("case: pytorch | stage: gap | n: 210 | mean ms: 0.000400 | p50"))
        .anyMatch(line -> line.startsWith("case: pytorch | stage: postprocess | n: 210"));
  }

  @Test
  void load_search_hasServiceTimesAndWhatItTried() throws Exception {
    LoadFigures plain = FIRST.timed().load().orElseThrow();
    LoadFigures searched =
        plain.with(
            Optional.of(new LoadFigures.Bound(99, 60, Optional.of(22.0))),
            List.of(
                new LoadFigures.Step(2, 22, Optional.of(52_000_000L), true),
                new LoadFigures.Step(2, 44, Optional.empty(), false)));
    RunResult run =
        EvidenceTexts.withFirst(
            RUN,
            EvidenceTexts.with(
                FIRST,
                FIRST.trials(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(searched)));
    List<String> lines = part(run, "Load");
    assertThat(lines)
        .contains(
            "case: onnxruntime | load: server | streams: 2 | batches/s offered: 22.00"
                + " | batches/s done: 21.50 | never begun: 0 | bound: p99 of at most 60 ms, kept up"
                + " to 22 batches/s",
            "case: onnxruntime | streams: 2 | batches/s: 22.00 | latency ms: 52.00 | kept: yes",
            "case: onnxruntime | streams: 2 | batches/s: 44.00 | latency ms: – | kept: no");
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith(
                        "case: onnxruntime | time: service: latency, naive | n: 210 | mean ms: 45.00")
                    && line.contains("p95 ms: 45.00 [45.00, 45.00]")
                    && line.contains("p99.9 ms: needs 6636"))
        .anyMatch(line -> line.contains("time: queue wait") && line.contains("mean ms: 7.00"));
  }

  @Test
  void trials_good_haveLoadWarmupAllocationOutputsSteadinessWorkAndClock() throws Exception {
    assertThat(part(RUN, "Trials: load"))
        .contains(
            "case: onnxruntime | trial: 1 | load ms: 812 | warm-up batches: 40 | warm-up s: 2.00"
                + " | batches: 210 | images: 210 | failed: 0 | measured s: 9.45"
                + " | heap bytes/batch: 0 | changed outputs: 0"
                + " | fingerprint of the outputs: 1234abcd");
    assertThat(part(RUN, "Trials: steady"))
        .contains(
            "case: onnxruntime | trial: 1 | verdict: steady | settled after batches: 12"
                + " | settled after s: 0.60 | on one level %: 96.0 | changes: 2"
                + " | largest shift %: +31.0 | JIT ms: 640 + 3 | GC ms: 12 + 0 | collections: 2 + 0",
            "case: onnxruntime | trial: 1 | judged: yes | examples: 4 | distinct inputs: 4"
                + " | shared outputs: 0 | stale: 0 | probes: 16 | unwritten: 0 | unmoved: 0"
                + " | forward again ms: 40.00 | forward new ms: 41.00 | largest change %: 0.00",
            "case: onnxruntime | trial: 1 | step ns: 14 | cost of a reading ns: 35.5"
                + " | stages that ended before they began: 0");
  }

  // 45.349 / 44.9 - 1 = 1.0 %; 0.5 and 1.5 ms of standard deviation.
  @Test
  void trials_compared_haveTheirVariance() throws Exception {
    assertThat(part(RUN, "Trials: how far"))
        .contains(
            "case: onnxruntime | figures are of trials: 1 | lowest p50 ms: 44.90"
                + " | highest p50 ms: 45.35 | range %: 1.0 | between trials ms: 0.50"
                + " | within a trial ms: 1.50 | between trials %: 10");
  }

  @Test
  void trial_failed_hasItsReasonOnItsLines() throws Exception {
    RunResult failed = SampleRun.withAFailedCase();
    TrialResult dead =
        new TrialResult(1, Optional.of("first\n\u001b[31mlast line"), Optional.empty());
    CaseResult one = failed.cases().get(1);
    CaseResult of =
        EvidenceTexts.with(
            one,
            List.of(dead),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    RunResult run = EvidenceTexts.withCases(failed, List.of(failed.cases().get(0), of));
    assertThat(part(run, "Failed trials"))
        .containsExactly("pytorch, trial 1", "first\n\\u001b[31mlast line");
    assertThat(part(RUN, "Failed trials")).isEmpty();
  }

  @Test
  void slowest_behindTheFifth_haveTheirRankAndCommand() throws Exception {
    List<Replay> slowest = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      slowest.add(
          new Replay(
              1,
              new SlowBatch(10 * i, Map.of("total", 90_000_000L - i), List.of("e" + i)),
              "replay " + i));
    }
    assertThat(part(withProof(proof(Optional.empty(), slowest)), "Slow"))
        .containsExactly(
            "The slowest batches from the sixth",
            "case: onnxruntime | rank: 6 | trial: 1 | batch: 61 | total ms: 90.00 | examples: e6",
            "case: onnxruntime | rank: 7 | trial: 1 | batch: 71 | total ms: 90.00 | examples: e7",
            "replay 6",
            "replay 7");
  }

  // The sample reports no steal: there is no column of it.
  @Test
  void machine_eachTrial_hasCanaryDriftForeignLoadAndLoadAverage() throws Exception {
    assertThat(part(RUN, "The machine"))
        .contains(
            "case: onnxruntime | trial: 1 | canary before ms: 4.00 | canary after ms: 4.10"
                + " | drift %: +2.5 | elsewhere before %: 1.0 | elsewhere during %: 1.3"
                + " | elsewhere after %: 1.0 | load average before: 0.50 | load average after: 0.50");
  }

  @Test
  void causes_pooledAndByTrial_haveEventsTimesAndTheUntouched() throws Exception {
    List<String> lines = part(RUN, "Causes");
    String pause =
        "batches without: gc pause | events: 2 | sum ms: 6.00 | longest ms: 3.50"
            + " | touched batches: 3 | n: 207 | p50 ms: 44.90 | p90 ms: 44.90 | p95 ms: 44.90"
            + " | p99 ms: needs 662";
    assertThat(lines)
        .contains("case: onnxruntime | " + pause, "case: onnxruntime | trial: 1 | " + pause)
        .anyMatch(line -> line.startsWith("Causes in all") && line.contains("70 ns"))
        .anyMatch(line -> line.startsWith("Causes in each") && line.contains("70 ns"))
        .anyMatch(line -> line.startsWith("case: onnxruntime | batches without: compilation"))
        .noneMatch(line -> line.contains("trial: 1 | batches without: compilation"));
  }

  @Test
  void resources_eachTrial_areThere() throws Exception {
    assertThat(part(RUN, "Processor"))
        .contains(
            "case: onnxruntime | trial: 1 | CPU s: 17.10 | CPU/wall: 1.80 | throttled ms: 0.00"
                + " | voluntary switches: 420 | involuntary switches: 17 | minor faults: 64"
                + " | major faults: 0 | loops: Vector API loops");
    assertThat(part(RUN, "Memory"))
        .contains(
            "case: onnxruntime | trial: 1 | peak MiB: 612 | steady MiB: 580 | growth MiB: -0.04"
                + " | growth bytes/batch: -195 | threshold MiB: 11.00 | leak: no",
            "case: onnxruntime | trial: 1 | decode bytes: 2048 | preprocess bytes: 0"
                + " | forward bytes: 96 | postprocess bytes: 513");
  }

  @Test
  void settings_ofTheMachineAndTheEngines_areThere() throws Exception {
    assertThat(part(RUN, "Limits"))
        .contains(
            ": CPU limit | : 2.50 cores",
            ": Memory limit | : none",
            ": Jars | : onnxruntime-1.29.0.jar",
            "case: pytorch | setting: allowSpinning | value: false");
  }

  @Test
  void tables_manyCases_areCutAndCountTheRest() throws Exception {
    RunResult large = LargeRun.write(folder, 100, 40);
    // 100 cases with 2 trials each: 40 rows are shown
    List<String> lines = part(large, "Trials: load");
    assertThat(lines).hasSize(1 + 40 + 1).endsWith("And 160 more: result.json.");
    RunResult few = LargeRun.write(folder, 10, 40);
    assertThat(part(few, "Trials: load")).hasSize(1 + 20);
  }

  @Test
  void page_anyRun_hasThePartsFolded() throws Exception {
    new HtmlReporter().render(RUN, OutputTree.of(folder));
    String page = Files.readString(folder.resolve(HtmlReporter.FILE));
    int section = page.indexOf("<section id=\"evidence\"");
    String evidence = page.substring(section, page.indexOf("</section>", section));
    assertThat(evidence)
        .contains("<summary>Precision: what widens the intervals</summary>", "TRIALS_DIFFER")
        .doesNotContain("<details class=\"more\" open", "Pictures of examples");
  }
}
