package io.stagemark.report.page;

import java.util.List;
import java.util.Optional;

/**
 * A page.
 *
 * @param title of the window
 * @param heading of the page
 * @param byline under it
 * @param sections in order
 * @param embedded JSON that is stored in the page once
 * @param footer its last line
 */
public record Page(
    String title,
    String heading,
    String byline,
    List<Section> sections,
    Optional<Embedded> embedded,
    String footer) {
  public Page {
    sections = List.copyOf(sections);
  }

  /**
   * JSON in the page.
   *
   * @param id of its element
   * @param json without {@code <}, as {@link HtmlPage#inScript} returns it
   */
  public record Embedded(String id, String json) {}

  /** Returns whether a figure needs the zooming script. */
  boolean zooms() {
    return sections.stream().anyMatch(section -> zooms(section.blocks()));
  }

  private static boolean zooms(List<Block> blocks) {
    return blocks.stream()
        .anyMatch(
            block ->
                (block instanceof Block.Figure figure && figure.zoom().isPresent())
                    || (block instanceof Block.Folded folded && zooms(folded.blocks())));
  }
}
