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
 * @param served how a server shows it; empty in a file
 */
public record Page(
    String title,
    String heading,
    String byline,
    List<Section> sections,
    Optional<Embedded> embedded,
    String footer,
    Optional<Served> served) {
  public Page {
    sections = List.copyOf(sections);
  }

  /** A page that is a file. */
  public Page(
      String title,
      String heading,
      String byline,
      List<Section> sections,
      Optional<Embedded> embedded,
      String footer) {
    this(title, heading, byline, sections, embedded, footer, Optional.empty());
  }

  /**
   * How a server shows a page.
   *
   * @param home address of the list of all pages
   * @param refreshSeconds after which the browser asks again, in seconds; 0 for never
   */
  public record Served(String home, int refreshSeconds) {}

  /** Returns the same page as a server shows it. */
  public Page served(Served how) {
    return new Page(title, heading, byline, sections, embedded, footer, Optional.of(how));
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

  /** Returns whether it has a form, which sends to the page's own server. */
  boolean asks() {
    return sections.stream()
        .flatMap(section -> section.blocks().stream())
        .anyMatch(block -> block instanceof Block.Find || block instanceof Block.Choose);
  }

  private static boolean zooms(List<Block> blocks) {
    return blocks.stream()
        .anyMatch(
            block ->
                (block instanceof Block.Figure figure && figure.zoom().isPresent())
                    || (block instanceof Block.Folded folded && zooms(folded.blocks())));
  }
}
