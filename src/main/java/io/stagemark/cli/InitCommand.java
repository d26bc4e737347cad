package io.stagemark.cli;

import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.ShownPath;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.draft.ModelDraft;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.text.InspectionText;
import io.stagemark.run.BenchmarkRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a card and a config for a model file. */
@Command(
    name = "init",
    description = "Writes models/NAME/model.yaml and configs/NAME.yaml for a model file.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is overwritten. What was assumed is marked in the card: check it.",
      "",
      "Example:",
      "  ./stagemark init detector.onnx"
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "an .onnx or a TorchScript file")
  private Path file = Path.of("");

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "the folder that models/ and configs/ are in (default: the current one)")
  private Path into = Path.of("");

  @Mixin private ModelOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ModelInspection found = options.inspect(file);
    String name = ModelDraft.name(file);
    Path models = into.resolve("models").resolve(name);
    Path configs = into.resolve("configs");
    ModelDraft draft =
        options.draft(found, ModelOptions.relative(models, file), "../models/" + name, configs, 0);
    Path config = configs.resolve(name + ".yaml");
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(models.resolve(ModelDraft.CARD), draft.card());
    draft.classes().ifPresent(text -> files.put(models.resolve(ModelDraft.CLASSES), text));
    files.put(config, draft.config());
    refuseExisting(files);
    requireRight(found);
    for (Map.Entry<Path, String> each : files.entrySet()) {
      Files.createDirectories(each.getKey().toAbsolutePath().resolveSibling(""));
      Files.writeString(each.getKey(), each.getValue(), StandardOpenOption.CREATE_NEW);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(InspectionText.summary(found));
    files.keySet().forEach(each -> row("wrote", PlainText.line(ShownPath.of(each))));
    validate(config);
    row("next", "./stagemark run " + PlainText.shellArgument(ShownPath.of(config)));
    out.flush();
    return ExitCode.OK;
  }

  private void refuseExisting(Map<Path, String> files) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    for (Path each : files.keySet()) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        problems.add(
            new Problem(
                PlainText.line(ShownPath.of(each)),
                "a file that is already there",
                "no such file: nothing is overwritten",
                "move it away, or rename the model file, whose name is used"));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  /** The draft is read elsewhere first: what is wrong with it is reported before it is written. */
  private void requireRight(ModelInspection found) throws Exception {
    Path folder = TemporaryFiles.folder("stagemark-init");
    try {
      ModelDraft draft =
          options.draft(found, file.toAbsolutePath().toString(), "./" + ModelDraft.CARD, folder, 0);
      options.read(draft, folder, ConfigSource::read);
    } finally {
      ScratchTree.delete(folder);
    }
  }

  private void validate(Path config) throws BadInputException {
    RunConfig read = ConfigSource.read(config);
    int examples = BenchmarkRun.check(read, false).examples().size();
    int cases = read.cases().size();
    row("valid", "%d %s on %d examples".formatted(cases, cases == 1 ? "case" : "cases", examples));
  }

  private void row(String label, String text) {
    spec.commandLine().getOut().println("  %-8s%s".formatted(label, text));
  }
}
