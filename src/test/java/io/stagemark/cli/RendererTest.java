package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.SampleRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RendererTest {
  @TempDir Path folder;

  // The page links the files that it finds in the folder.
  @Test
  void render_pageNamedFirst_isRenderedLastAndLinksTheOthers() throws Exception {
    new Renderer(new PrintWriter(new StringWriter()))
        .render(SampleRun.complete(), folder, List.of("html", "markdown"));
    assertThat(Files.readString(folder.resolve(Renderer.PAGE))).contains("href=\"report.md\"");
  }
}
