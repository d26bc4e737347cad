package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.RunConfig;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.report.ResultSchema;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.shard.HeldPass;
import io.stagemark.shard.ShardFile;
import io.stagemark.shard.ShardMerge;
import io.stagemark.shard.ShardPart;
import io.stagemark.shard.ShardRun;
import io.stagemark.shard.ShardSet;
import io.stagemark.shard.ShardWhole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** score-shard and merge, as a user types them. */
final class ShardCommandTest {
  private static final int EXAMPLES = 5;

  @TempDir Path folder;
  private String config = "";

  /** A classifier whose scores are the first three numbers of its input. */
  @BeforeEach
  void writeConfig() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(
        model.resolve("model.yaml"),
        """
        title: the first of its input
        licence: Apache-2.0
        provenance: made for a test
        task: classification
        inputs:
          - {name: x, type: float32, shape: [N, 4]}
        outputs:
          - {name: y, type: float32, shape: [N, 4]}
        decoder: {type: classification}
        labels: [a, b, c, d]
        """);
    Files.createDirectories(folder.resolve("tensors"));
    Files.createDirectories(folder.resolve("targets"));
    for (int i = 0; i < EXAMPLES; i++) {
      Tensor x = tensor(ElementType.FLOAT32, 1, 4);
      for (int k = 0; k < 4; k++) {
        x.floats().put(k, (1 + (i * 7 + k * 3) % 5) / 6f);
      }
      NpyWriter.write(folder.resolve("tensors/" + i + ".npy"), x);
      Tensor target = tensor(ElementType.INT64, 1);
      target.bytes().putLong(0, i % 4);
      NpyWriter.write(folder.resolve("targets/" + i + ".npy"), target);
    }
    Path file = folder.resolve("config.yaml");
    Files.writeString(
        file,
        """
        name: parts
        dataset: {format: tensors, path: tensors, targets: targets}
        cases: {model: [./model], engine: [programmable], batch: [2]}
        measure: {trials: 1, warmupSeconds: 0, minSeconds: 0, minBatches: 20, heapMiB: 128, causes: false}
        score: [top-1, log-loss, ece, recall]
        reports: [console, html, json, markdown]
        output: run
        """);
    config = file.toString();
  }

  private static Tensor tensor(ElementType type, Long... shape) {
    return Tensor.allocate(new TensorSpec("t", type, List.of(shape)));
  }

  private static Tensor tensor(ElementType type, int... shape) {
    return tensor(type, Arrays.stream(shape).mapToObj(Long::valueOf).toArray(Long[]::new));
  }

  private CommandRun shard(String part, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("score-shard", config, "--shard", part, "--out", parts()),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private String parts() {
    return folder.resolve("parts").toString();
  }

  private Path file(int shard, int of) {
    return folder.resolve("parts/shard-000%d-of-000%d/scores.shard".formatted(shard, of));
  }

  private CommandRun merge(String... places) {
    return CommandRun.of(
        Stream.concat(
                Stream.concat(Stream.of("merge"), Arrays.stream(places)),
                Stream.of("--out", merged().toString()))
            .toArray(String[]::new));
  }

  private Path merged() {
    return folder.resolve("merged");
  }

  /** 80 MiB of tensors; the process that scores may have 64 MiB of them, and as much heap. */
  @Test
  void shard_tensorsThatTogetherDoNotFitIntoMemory_areScored() throws Exception {
    Path card = folder.resolve("model/model.yaml");
    Files.writeString(
        card,
        Files.readString(card)
            .replace("float32, shape: [N, 4]}\nout", "float32, shape: [N, 1048576]}\nout"));
    for (int i = 0; i < 20; i++) {
      Tensor x = tensor(ElementType.FLOAT32, 1, 1 << 20);
      x.floats().put(i % 4, 1);
      NpyWriter.write(folder.resolve("tensors/" + i + ".npy"), x);
      Tensor target = tensor(ElementType.INT64, 1);
      target.bytes().putLong(0, i % 4);
      NpyWriter.write(folder.resolve("targets/" + i + ".npy"), target);
    }

    CommandRun shard = shard("1/1", "--set", "measure.heapMiB=64", "--set", "cases.batch=[1]");

    assertThat(shard.exitCode()).as(shard.err()).isZero();
    assertThat(merge(parts()).exitCode()).isZero();
    CaseResult one = ResultFiles.readRun(merged()).cases().get(0);
    assertThat(one.scored().scores())
        .anyMatch(s -> s.name().equals("top-1") && s.value() == 1 && s.count() == 20);
  }

  @Test
  void merge_everyShard_isTheRunsResultWithoutTimes() throws Exception {
    CommandRun run = CommandRun.of("run", config, "--no-calibration", "-q");
    assertThat(run.exitCode()).as(run.err()).isZero();
    for (int k = 2; k >= 1; k--) {
      CommandRun shard = shard(k + "/2");
      assertThat(shard.exitCode()).as(shard.err()).isZero();
      assertThat(shard.out()).contains("shard " + k + "/2", "of 5 examples");
    }

    CommandRun merge = merge(parts());

    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(merge.out()).contains("top-1", "scored in 2 shards").doesNotContain("p50");
    RunResult plain = ResultFiles.readRun(folder.resolve("run"));
    RunResult result = ResultFiles.readRun(merged());
    CaseResult one = result.cases().get(0);
    assertThat(one.scored().scores()).isEqualTo(plain.cases().get(0).scored().scores()).hasSize(4);
    assertThat(one.scored().scores()).allMatch(score -> Double.isFinite(score.value()));
    assertThat(one.scored().classes())
        .isEqualTo(plain.cases().get(0).scored().classes())
        .hasSize(4);
    assertThat(result.dataset().sha256()).isEqualTo(plain.dataset().sha256());
    assertThat(result.dataset().examples()).isEqualTo(EXAMPLES);
    assertThat(one.timed().stages()).isEmpty();
    assertThat(one.timed().framesPerSecond()).isEmpty();
    assertThat(result.isScoredOnly()).isTrue();
    assertThat(ResultSchema.problems(merged().resolve("result.json"))).isEmpty();
    assertThat(merged().resolve("examples")).doesNotExist();
    assertThat(Files.readString(merged().resolve("report.md"))).contains("nothing was timed");
    for (String format : List.of("verbose", "csv", "jmh-json", "loadgen-summary", "openmetrics")) {
      CommandRun report = CommandRun.of("report", merged().toString(), "--format", format);
      assertThat(report.exitCode()).as(format + report.err()).isZero();
    }
    CommandRun compare =
        CommandRun.of("compare", folder.resolve("run").toString(), merged().toString());
    assertThat(compare.exitCode()).as(compare.err()).isZero();
    assertThat(compare.out()).contains("EQUIVALENT").doesNotContain("differ in");

    CommandRun again = shard("1/2");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("scored before");
    CommandRun other = shard("1/2", "--set", "score=[top-1]");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("scores.shard", "config", "--out another folder");
  }

  @Test
  void merge_shardsThatAreNoWhole_namesEachAndWritesNothing() throws Exception {
    assertThat(shard("1/3").exitCode()).isZero();
    CommandRun missing = merge(parts());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("missing: 2, 3 of 3", "--shard 2/3");

    CommandRun twice = merge(parts(), parts());
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("shard 1/3 twice");

    CommandRun none = merge(folder.resolve("tensors").toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("tensors", "no shard");

    assertThat(shard("2/2", "--set", "score=[top-1]").exitCode()).isZero();
    CommandRun foreign = merge(parts());
    assertThat(foreign.exitCode()).isEqualTo(2);
    assertThat(foreign.err())
        .contains("a foreign shard: number of shards", "a foreign shard: config")
        .contains("shard-0002-of-0002");
    assertThat(merged()).doesNotExist();

    byte[] whole = Files.readAllBytes(file(1, 3));
    Files.write(file(1, 3), Arrays.copyOf(whole, whole.length - 1));
    assertThat(merge(parts()).err()).contains("shard-0001-of-0003", "cut, or changed");
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(file(1, 3), changed);
    CommandRun damaged = merge(parts());
    assertThat(damaged.exitCode()).isEqualTo(2);
    assertThat(damaged.err()).contains("shard-0001-of-0003", "cut, or changed");
    assertThat(shard("1/3").exitCode()).isEqualTo(2); // it is not ours any more: it stays
    assertThat(Files.readAllBytes(file(1, 3))).isEqualTo(changed);
    Files.writeString(file(1, 3), "something else\n");
    assertThat(merge(parts()).err()).contains("not a shard's file");
  }

  /** A host that keeps its JVM scores several shards at once, through one loaded model. */
  @Test
  void heldPass_shardsAtOnce_haveTheBitsOfAJvmEach() throws Exception {
    assertThat(shard("1/1").exitCode()).isZero();
    RunConfig resolved = ConfigSource.read(Path.of(config));
    ShardWhole whole = ShardWhole.of(resolved).inThisJvm();
    Path held = folder.resolve("held");
    assertThat(whole.scored(held, 7)).isEmpty();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (HeldPass pass = new HeldPass(resolved)) {
      List<Future<ShardRun.Outcome>> all = new ArrayList<>();
      for (int k = 7; k >= 1; k--) { // of 5 examples: two shards have none
        ShardRun run = new ShardRun(new ShardPart(k, 7), held, pass);
        all.add(threads.submit(() -> run.run(whole)));
      }
      for (Future<ShardRun.Outcome> each : all) {
        assertThat(each.get().wasThere()).isFalse();
      }
      assertThat(new ShardRun(new ShardPart(3, 7), held, pass).run(whole).wasThere()).isTrue();
    } finally {
      threads.shutdownNow();
    }

    RunResult one = ShardMerge.merge(ShardSet.read(List.of(folder.resolve("parts"))));
    RunResult seven = ShardMerge.merge(ShardSet.read(List.of(held)));

    assertThat(seven.cases().get(0).scored().scores())
        .isEqualTo(one.cases().get(0).scored().scores())
        .hasSize(4);
    assertThat(seven.cases().get(0).scored().classes())
        .isEqualTo(one.cases().get(0).scored().classes());
    assertThat(seven.dataset().sha256()).isEqualTo(one.dataset().sha256());
    assertThat(whole.scored(held, 7)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    Files.move(held.resolve("shard-0002-of-0007"), folder.resolve("aside"));
    assertThat(whole.scored(held, 7)).containsExactly(1, 3, 4, 5, 6, 7);
    Path other = held.resolve("shard-0003-of-0007").resolve(ShardFile.NAME);
    byte[] changed = Files.readAllBytes(other);
    changed[changed.length / 2] ^= 1;
    Files.write(other, changed);
    assertThatThrownBy(() -> whole.scored(held, 7)).hasMessageContaining("shard-0003-of-0007");
  }

  @Test
  void merge_outputWithFilesOfTheUsers_isRefusedAndTheyStay() throws Exception {
    assertThat(shard("1/1").exitCode()).isZero();
    Files.createDirectories(merged());
    Files.writeString(merged().resolve("result.json"), "mine");

    CommandRun refused = merge(parts());

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("not written by Stagemark");
    assertThat(Files.readString(merged().resolve("result.json"))).isEqualTo("mine");
  }

  @Test
  void scoreShard_badShardsAndNoScores_areRefused() {
    for (String part : List.of("0/3", "4/3", "3", "a/b", "-1/3", "1/100001", "1/0")) {
      CommandRun refused = shard(part);
      assertThat(refused.exitCode()).as(part).isEqualTo(2);
      assertThat(refused.err()).contains("--shard", part, "K/N");
    }
    CommandRun refused = shard("1/2", "--set", "score=[]");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("score", "at least one");
    assertThat(folder.resolve("parts")).doesNotExist();
  }
}
