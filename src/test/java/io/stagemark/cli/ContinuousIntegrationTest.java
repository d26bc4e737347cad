package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** The commands in docs/ci.md, README.md and .github/ are ones that the program takes. */
final class ContinuousIntegrationTest {
  private static final Path WORKFLOW = Path.of(".github", "workflows", "performance.yml");
  private static final Path TESTS = Path.of(".github", "workflows", "ci.yml");
  private static final Path ACTION_FOLDER = Path.of(".github", "actions", "stagemark-gate");
  private static final Path GATE = Path.of("configs", "gate-pull-request.yaml");
  private static final Pattern COMMAND = Pattern.compile("\\./stagemark ([^'`#|\\n]*)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(file));
  }

  private static JsonNode action() throws IOException {
    return yaml(ACTION_FOLDER.resolve("action.yml"));
  }

  private static List<List<String>> commands(String text) {
    List<List<String>> commands = new ArrayList<>();
    Matcher command = COMMAND.matcher(text);
    while (command.find()) {
      List<String> words = new ArrayList<>();
      // what a column of explanations says begins after a gap
      Matcher word = WORD.matcher(command.group(1).split(" {2,}", 2)[0]);
      while (word.find()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      commands.add(words);
    }
    return commands;
  }

  @ParameterizedTest
  @CsvSource({
    "docs/ci.md,7",
    "docs/scale.md,9",
    "README.md,5",
    ".ci/run,2",
    ".github/workflows/performance.yml,0"
  })
  void commands_ofPagesAndScripts_areWhatTheProgramTakes(String page, int atLeast)
      throws IOException {
    List<List<String>> commands = commands(Files.readString(Path.of(page)));
    assertThat(commands).hasSizeGreaterThanOrEqualTo(atLeast);
    for (List<String> words : commands) {
      try {
        Main.commandLine().parseArgs(words.toArray(String[]::new));
      } catch (ParameterException e) {
        throw new AssertionError(page + ": ./stagemark " + String.join(" ", words), e);
      }
      assertThat(words)
          .as("%s names files that exist", page)
          .filteredOn(word -> word.matches("configs/[\\w./-]+\\.yaml"))
          .allSatisfy(word -> assertThat(Path.of(word)).isRegularFile());
    }
  }

  /** GitHub, GitLab and Jenkins each do the same. */
  @Test
  void page_threeSystems_gateTheSameConfigAndFindItsReport() throws IOException {
    String page = Files.readString(Path.of("docs", "ci.md"));
    for (String system : List.of("## 4. GitLab", "## 5. Jenkins")) {
      assertThat(page.substring(page.indexOf(system)).split("\n## ", 2)[0])
          .as(system)
          // a workspace that is used again has the folder already
          .contains("rm -rf baseline && git worktree add --detach --force baseline ")
          .contains("./stagemark gate " + GATE.toString().replace('\\', '/'))
          .contains("-f baseline/pom.xml package")
          .contains("reports/gate-pull-request/comparison.xml");
    }
    assertThat(yaml(GATE).path("name").asText()).isEqualTo("gate-pull-request");
    assertThat(yaml(GATE).at("/baseline/home").asText()).isEqualTo("../baseline");
    assertThat(Files.readString(WORKFLOW)).contains("path: baseline", "reports/gate-pull-request/");
  }

  @Test
  void workflow_permissions_areWhatACommentNeeds() throws IOException {
    JsonNode permissions = yaml(WORKFLOW).path("permissions");
    assertThat(permissions.properties())
        .extracting(e -> e.getKey() + ": " + e.getValue().asText())
        .containsExactlyInAnyOrder("contents: read", "pull-requests: write");
    assertThat(yaml(WORKFLOW).at("/jobs/gate/permissions").isMissingNode()).isTrue();
    // a workflow with the secrets of the base branch must not run a fork's code
    assertThat(yaml(WORKFLOW).path("on").has("pull_request_target")).isFalse();
    for (JsonNode step : yaml(WORKFLOW).at("/jobs/gate/steps")) {
      if (step.path("uses").asText().startsWith("actions/checkout@")) {
        assertThat(step.at("/with/persist-credentials").asText()).isEqualTo("false");
      }
    }
  }

  @Test
  void workflow_ofTheTests_runsTheScriptOnBothJdksAndMayOnlyRead() throws IOException {
    JsonNode tests = yaml(TESTS);
    assertThat(tests.path("permissions").properties())
        .extracting(e -> e.getKey() + ": " + e.getValue().asText())
        .containsExactly("contents: read");
    assertThat(tests.at("/jobs/build/permissions").isMissingNode()).isTrue();
    assertThat(tests.path("on").has("pull_request_target")).isFalse();
    assertThat(tests.findValuesAsText("run")).containsExactly(".ci/run");
    assertThat(tests.findValuesAsText("java-version"))
        .flatExtracting(versions -> versions.lines().toList())
        .containsExactly("25", "17");
    assertThat(tests.findValuesAsText("persist-credentials")).containsExactly("false");
  }

  /** A tag can be moved to other code, a commit cannot. */
  @ParameterizedTest
  @ValueSource(strings = {"ci.yml", "performance.yml"})
  void workflow_actionsOfOthers_arePinnedToACommitWithItsVersion(String name) throws IOException {
    List<String> uses =
        Files.readAllLines(WORKFLOW.resolveSibling(name)).stream()
            .filter(line -> line.contains("uses: ") && !line.contains("uses: ./"))
            .toList();
    assertThat(uses)
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(line -> line.matches(".*uses: [\\w/-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  // Text that a pull request's author writes must never be put into a script.
  @Test
  void scripts_expressions_areOnlyOnesThatNobodyWrites() throws IOException {
    Pattern expression = Pattern.compile("\\$\\{\\{\\s*([^}]*?)\\s*}}");
    for (JsonNode run : runs()) {
      Matcher each = expression.matcher(run.asText());
      while (each.find()) {
        assertThat(each.group(1)).isEqualTo("github.event.number");
      }
    }
  }

  private static List<JsonNode> runs() throws IOException {
    return Stream.of(yaml(WORKFLOW), action()).flatMap(t -> t.findValues("run").stream()).toList();
  }

  @Test
  void action_inputsAndOutputs_areDeclaredAndUsed() throws IOException {
    JsonNode action = action();
    String text = Files.readString(ACTION_FOLDER.resolve("action.yml"));
    TreeSet<String> used = new TreeSet<>();
    Matcher input = Pattern.compile("inputs\\.([\\w-]+)").matcher(text);
    while (input.find()) {
      used.add(input.group(1));
    }
    assertThat(names(action.path("inputs"))).containsExactlyElementsOf(used);
    for (JsonNode each : action.path("inputs")) {
      assertThat(each.path("description").asText()).isNotBlank();
    }
    assertThat(Path.of(action.at("/inputs/config/default").asText())).isRegularFile();
    assertThat(action.at("/outputs/exit-code/value").asText())
        .isEqualTo("${{ steps.gate.outputs.exit-code }}");
    assertThat(action.at("/runs/using").asText()).isEqualTo("composite");
    assertThat(action.at("/runs/steps/0/id").asText()).isEqualTo("gate");
    assertThat(action.at("/runs/steps/0/shell").asText()).isEqualTo("bash");
    for (JsonNode step : yaml(WORKFLOW).at("/jobs/gate/steps")) {
      if (step.path("uses").asText().startsWith("./")) {
        assertThat(Path.of(step.path("uses").asText()).normalize()).isEqualTo(ACTION_FOLDER);
        assertThat(names(action.path("inputs"))).containsAll(names(step.path("with")));
        assertThat(Path.of(step.at("/with/config").asText())).isEqualTo(GATE);
      }
    }
  }

  private static TreeSet<String> names(JsonNode node) {
    TreeSet<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The action's own script, with a replacement for the program, as GitHub starts it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void action_script_passesTheExitCodeAndThePageOn(int code) throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeThat(bash).as("needs bash").isRegularFile();
    boolean writes = code != 2;
    Path program = folder.resolve("stagemark");
    Files.writeString(
        program,
        "#!/bin/bash\necho \"$@\" > arguments\n"
            + (writes ? "mkdir -p reports/g; echo page > reports/g/comparison.md\n" : "")
            + "exit "
            + code
            + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path old = Files.createDirectories(folder.resolve("reports/baselines/x/"));
    Path committed = Files.writeString(old.resolve("comparison.md"), "another's page");
    assertThat(committed.toFile().setLastModified(1_600_000_000_000L)).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder(
            bash.toString(), "--noprofile", "--norc", "-eo", "pipefail", "-c", script());
    builder.environment().put("CONFIG", "configs/my gate.yaml");
    builder.environment().put("STRICT", code == 4 ? "true" : "false");
    builder.environment().put("GITHUB_OUTPUT", folder.resolve("output").toString());
    builder.environment().put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    Process process = builder.directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(folder.resolve("output")).content().isEqualTo("exit-code=" + code + "\n");
    assertThat(folder.resolve("summary")).content().isEqualTo(writes ? "page\n" : "");
    assertThat(folder.resolve("arguments"))
        .content()
        .isEqualTo("gate configs/my gate.yaml" + (code == 4 ? " --strict" : "") + "\n");
  }

  private static String script() throws IOException {
    return action().at("/runs/steps/0/run").asText();
  }

  @Test
  void page_exitCodes_areTheProgramsOwn() throws IOException {
    String page = Files.readString(Path.of("docs", "ci.md"));
    assertThat(
            page.lines()
                .filter(line -> line.matches("\\| \\d \\|.*"))
                .map(line -> line.substring(2, 3))
                .collect(Collectors.joining()))
        .isEqualTo(
            ""
                + ExitCode.OK
                + ExitCode.REGRESSION
                + ExitCode.BAD_INPUT
                + ExitCode.FAILED_RUN
                + ExitCode.INCONCLUSIVE);
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<id>study</id>");
  }
}
