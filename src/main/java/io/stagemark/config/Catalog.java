package io.stagemark.config;

import io.stagemark.engine.Engine;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.nio.file.Path;
import java.util.List;

/**
 * What a config may name.
 *
 * @param engines on the class path
 * @param tasks on the class path
 * @param reporters names of the reporters
 * @param modelsFolder holds one folder a model
 * @param outputFolder holds one folder a report
 * @param program where the program itself is: its folder and class path
 */
public record Catalog(
    Registry<Engine> engines,
    Registry<Task> tasks,
    List<String> reporters,
    Path modelsFolder,
    Path outputFolder,
    List<Path> program) {
  public Catalog {
    reporters = List.copyOf(reporters);
    program = List.copyOf(program);
  }

  /** A catalog of a program that is nowhere in particular. */
  public Catalog(
      Registry<Engine> engines,
      Registry<Task> tasks,
      List<String> reporters,
      Path modelsFolder,
      Path outputFolder) {
    this(engines, tasks, reporters, modelsFolder, outputFolder, List.of());
  }
}
