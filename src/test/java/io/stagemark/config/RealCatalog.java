package io.stagemark.config;

import io.stagemark.engine.Engine;
import io.stagemark.report.Reporter;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.nio.file.Path;

/** The catalog that the program itself has: what the repository's own configs are read with. */
public final class RealCatalog {
  private RealCatalog() {}

  public static Catalog of(Path outputFolder) {
    ClassLoader loader = RealCatalog.class.getClassLoader();
    return new Catalog(
        Registry.discover(Engine.class, loader),
        Registry.discover(Task.class, loader),
        Registry.discover(Reporter.class, loader).names(),
        Path.of("models"),
        outputFolder);
  }
}
