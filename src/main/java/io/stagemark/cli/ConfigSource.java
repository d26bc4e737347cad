package io.stagemark.cli;

import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.report.Reporter;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a config, shared by the commands that read one. */
final class ConfigSource {
  @Parameters(paramLabel = "CONFIG", description = "YAML file; every key: configs/reference.yaml")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the config, such as measure.trials=5; repeatable")
  private List<String> overrides = List.of();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "writes the report there, relative to the current folder")
  private @Nullable Path output;

  /** Reads the config; all its problems come at once. */
  RunConfig read() throws BadInputException {
    return new ConfigReader(catalog()).read(file, all());
  }

  /** A key of a config is relative to the config, an option to the current folder. */
  private List<String> all() {
    if (output == null) {
      return overrides;
    }
    List<String> all = new ArrayList<>(overrides);
    all.add("output='" + output.toAbsolutePath().normalize().toString().replace("'", "''") + "'");
    return all;
  }

  /** Reads a config without overrides. */
  static RunConfig read(Path config) throws BadInputException {
    return new ConfigReader(catalog()).read(config, List.of());
  }

  /** Reads the config that was drafted for the file that was named. */
  RunConfig readDrafted(Path config) throws BadInputException {
    return new ConfigReader(catalog()).read(config, all());
  }

  /** Returns the file that was named. */
  Path file() {
    return file;
  }

  /** Returns the arguments again, as they were given, for a machine that has the same folders. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(file.toString()));
    overrides.forEach(each -> words.addAll(List.of("--set", each)));
    return words;
  }

  /** Overrides a key, as {@code --set} does. */
  void set(String key, String value) {
    List<String> all = new ArrayList<>(overrides);
    all.add(key + "=" + value);
    overrides = all;
  }

  /**
   * Returns the arguments again, as a shell takes them, for a command that repeats this one from
   * the current folder; without this machine's folders.
   */
  String arguments() {
    StringBuilder text = new StringBuilder(PortablePaths.ofCommand().argument(file));
    PortablePaths paths = PortablePaths.ofRun(file);
    overrides.forEach(
        each -> text.append(" --set ").append(PlainText.shellArgument(paths.setting(each))));
    if (output != null) {
      text.append(" --output ").append(PortablePaths.ofCommand().argument(output));
    }
    return text.toString();
  }

  static Catalog catalog() {
    ClassLoader loader = ConfigSource.class.getClassLoader();
    Decoders.registry(); // two of one name end here: RunKeys, which needs the names, is static
    Datasets.formats();
    return new Catalog(
        Registry.discover(Engine.class, loader),
        Registry.discover(Task.class, loader),
        Registry.discover(Reporter.class, loader).names(),
        home().resolve("models"),
        Path.of("reports").toAbsolutePath(),
        program());
  }

  /** The launcher's folder, if the launcher started this, and everything on the class path. */
  private static List<Path> program() {
    List<Path> paths = new ArrayList<>();
    String home = System.getProperty("stagemark.home", "");
    if (!home.isEmpty()) {
      paths.add(Path.of(home).toAbsolutePath());
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        paths.add(Path.of(entry).toAbsolutePath());
      }
    }
    return paths;
  }

  /** The folder of the launcher; the current one when the program is run without it. */
  static Path home() {
    return Path.of(System.getProperty("stagemark.home", "")).toAbsolutePath();
  }
}
