package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.SampleRun;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fleet render and fleet collect, as a user types them. */
final class FleetCommandTest {
  @TempDir Path folder;

  private String stored(String name) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    ResultFiles.write(run.resolve(ResultFiles.RESULT), SampleRun.complete());
    return run.toString();
  }

  @Test
  void collect_twoMachines_printsATableAndWritesThePage() throws IOException {
    String small = stored("small");
    String large = stored("large") + "/result.json";
    Path page = folder.resolve("fleet");

    CommandRun run =
        CommandRun.of(
            "fleet",
            "collect",
            small,
            large,
            "--price",
            "large=0.5",
            "--watts",
            "small=40",
            "--out",
            page.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("machine", "small", "large", "images/price", "FPS/W", "page    ");
    assertThat(Files.readString(page.resolve("index.html"))).contains("large", "0.5 an hour");
    assertThat(CommandRun.of("fleet", "collect", small, "--out", page.toString()).exitCode())
        .isZero();
    Files.writeString(page.resolve("index.html"), "mine");
    CommandRun foreign = CommandRun.of("fleet", "collect", small, "--out", page.toString());
    assertThat(foreign.exitCode()).isEqualTo(2);
    assertThat(Files.readString(page.resolve("index.html"))).isEqualTo("mine");
  }

  @Test
  void collect_badNumbersAndNames_areRefused() throws IOException {
    String run = stored("small");
    for (String price :
        List.of("other=1", "small=x", "small=-1", "small=0", "small", "=3", "small=NaN")) {
      CommandRun refused = CommandRun.of("fleet", "collect", run, "--price", price);
      assertThat(refused.exitCode()).as(price).isEqualTo(2);
      assertThat(refused.err()).contains("--price", "one of: small");
    }
    assertThat(CommandRun.of("fleet", "collect", folder.resolve("none").toString()).exitCode())
        .isEqualTo(2);
    assertThat(CommandRun.of("fleet").exitCode()).isEqualTo(2);
  }

  @Test
  void render_config_printsTheJobOrSaysWhyNot() {
    String config = "configs/quickstart.yaml";
    CommandRun slurm = CommandRun.of("fleet", "render", config, "--slurm", "--shards", "8");
    assertThat(slurm.exitCode()).as(slurm.err()).isZero();
    assertThat(slurm.out())
        .contains("--array=1-8%8", "--cpus-per-task=2", "--mem=4096M")
        .contains("score-shard configs/quickstart.yaml --out parts/quickstart --shard")
        .contains("merge parts/quickstart --out reports/quickstart");
    CommandRun kubernetes =
        CommandRun.of(
            "fleet",
            "render",
            config,
            "--kubernetes",
            "--shards",
            "8",
            "--cpus",
            "4",
            "--memory",
            "900",
            "--parallel",
            "2",
            "--set",
            "dataset.limit=3");
    assertThat(kubernetes.out())
        .contains("completions: 8", "parallelism: 2", "{cpu: 4, memory: 900Mi}")
        .contains("- \"--set\"\n", "- \"dataset.limit=3\"\n");

    assertThat(CommandRun.of("fleet", "render", config, "--shards", "8").exitCode()).isEqualTo(2);
    CommandRun none = CommandRun.of("fleet", "render", config, "--slurm", "--shards", "0");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--shards", "[1, 100000]");
    CommandRun many =
        CommandRun.of("fleet", "render", config, "--slurm", "--shards", "4", "--parallel", "5");
    assertThat(many.exitCode()).isEqualTo(2);
    assertThat(many.err()).contains("--parallel", "[1, 4]", "--parallel 4");
  }
}
