package io.stagemark.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** An engine as a user adds one: a folder of classes with its service file. */
public final class DroppedInEngine {
  private DroppedInEngine() {}

  /**
   * Compiles a source of package {@code elsewhere} into the folder and announces it there.
   *
   * @param name of the class
   */
  public static void compile(Path folder, String name, String source) throws IOException {
    compile(folder, "io.stagemark.engine.Engine", name, source);
  }

  /**
   * Compiles a source of package {@code elsewhere} into the folder and announces it there.
   *
   * @param service name of the extension point's interface
   * @param name of the class
   */
  public static void compile(Path folder, String service, String name, String source)
      throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                file.toString());
    assertThat(exitCode).isZero();
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(service), "elsewhere." + name + "\n");
  }
}
