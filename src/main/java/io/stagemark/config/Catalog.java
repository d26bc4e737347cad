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
 */
public record Catalog(
    Registry<Engine> engines,
    Registry<Task> tasks,
    List<String> reporters,
    Path modelsFolder,
    Path outputFolder) {
  public Catalog {
    reporters = List.copyOf(reporters);
  }
}
