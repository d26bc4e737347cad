package io.stagemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.report.GoldenFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class ShardJobTest {
  private static final KubernetesJob PODS =
      new KubernetesJob("registry.example/stagemark:0.1.0", "work", "/work");

  @TempDir Path folder;

  private static ShardJob job(String program, String config) {
    return new ShardJob(
        "quickstart",
        program,
        List.of(config, "--set", "dataset.limit=100"),
        64,
        "parts/quickstart",
        "reports/quickstart",
        new ShardJob.Needs(2, 4096, 8));
  }

  @Test
  void render_usualNames_isTheGoldenText() throws IOException {
    ShardJob job = job("./stagemark", "configs/quickstart.yaml");
    GoldenFiles.assertGolden("fleet-slurm.sh", SlurmArray.render(job));
    GoldenFiles.assertGolden("fleet-kubernetes.yaml", PODS.render(job));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "configs/plain.yaml",
        "a b.yaml",
        "it's.yaml",
        "\"double\".yaml",
        "$HOME/$(id)/`id`.yaml",
        "$$(JOB_COMPLETION_INDEX).yaml",
        "a;b&c|d>e.yaml",
        "back\\slash\\n.yaml",
        "#no comment: *alias {x} [y].yaml",
        "!"
      })
  void render_anyName_reachesTheProgramAsItIs(String config) throws Exception {
    Path program = folder.resolve("my 'program' $x");
    Files.writeString(program, "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ShardJob job = job(program.toString(), config);
    List<String> wanted =
        List.of(
            "score-shard",
            config,
            "--set",
            "dataset.limit=100",
            "--out",
            "parts/quickstart",
            "--shard",
            "3/64");

    Path script = Files.writeString(folder.resolve("job.sh"), SlurmArray.render(job));
    assumeShell();
    assertThat(ran(Map.of(), "bash", "-n", script.toString())).isEmpty();
    assertThat(ran(Map.of("SLURM_ARRAY_TASK_ID", "3"), "bash", script.toString()))
        .isEqualTo(wanted);

    List<String> command = new ArrayList<>();
    for (Object word :
        list(at(yaml(job), "spec", "template", "spec", "containers", 0, "command"))) {
      command.add(expanded(String.valueOf(word)));
    }
    assertThat(ran(Map.of("JOB_COMPLETION_INDEX", "2"), command.toArray(String[]::new)))
        .isEqualTo(wanted);
  }

  @Test
  void renderKubernetes_manifest_isAnIndexedJobOfGuaranteedPods() {
    Object manifest = yaml(job("./stagemark", "a.yaml"));
    assertThat(at(manifest, "kind")).isEqualTo("Job");
    assertThat(at(manifest, "apiVersion")).isEqualTo("batch/v1");
    assertThat(at(manifest, "spec", "completionMode")).isEqualTo("Indexed");
    assertThat(at(manifest, "spec", "completions")).isEqualTo(64);
    assertThat(at(manifest, "spec", "parallelism")).isEqualTo(8);
    Object pod = at(manifest, "spec", "template", "spec");
    assertThat(at(pod, "restartPolicy")).isEqualTo("Never");
    Object resources = at(pod, "containers", 0, "resources");
    assertThat(at(resources, "requests"))
        .isEqualTo(at(resources, "limits"))
        .isEqualTo(Map.of("cpu", 2, "memory", "4096Mi"));
    assertThat(at(pod, "volumes", 0, "persistentVolumeClaim", "claimName")).isEqualTo("work");
    assertThat(at(manifest, "spec", "podFailurePolicy", "rules", 0, "onExitCodes", "values"))
        .isEqualTo(List.of(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb.yaml", "a\rb", "a\tb", "a\u2028b", "a\u0085b"})
  void requireLines_namesThatBreakALine_areRefused(String config) {
    assertThatThrownBy(() -> job("./stagemark", config).requireLines())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void label_anyName_isOneOfDns() {
    for (String name : List.of("A Run_1", "---", "x".repeat(100), "ünï", "a.b")) {
      ShardJob job =
          new ShardJob(name, "p", List.of("c"), 1, "o", "m", new ShardJob.Needs(1, 1, 1));
      assertThat(job.label()).matches("stagemark(-[a-z0-9]+)*").hasSizeLessThan(64);
    }
  }

  private static Object yaml(ShardJob job) {
    return new Load(LoadSettings.builder().build()).loadFromString(PODS.render(job));
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private static Object at(Object value, Object... path) {
    Object found = value;
    for (Object step : path) {
      found =
          Objects.requireNonNull(
              step instanceof Integer i ? list(found).get(i) : ((Map<?, ?>) found).get(step));
    }
    return found;
  }

  /** As Kubernetes does it: {@code $$} is one sign, {@code $(NAME)} a variable, else nothing. */
  private static String expanded(String word) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      boolean twice = word.startsWith("$$", i);
      assertThat(!twice && word.startsWith("$(", i)).as(word).isFalse();
      text.append(word.charAt(i));
      i += twice ? 1 : 0;
    }
    return text.toString();
  }

  private static void assumeShell() {
    Optional<Path> bash =
        List.of("/bin/bash", "/usr/bin/bash").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(bash.isPresent(), "there is no bash");
  }

  private static List<String> ran(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
