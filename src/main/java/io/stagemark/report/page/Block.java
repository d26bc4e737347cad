package io.stagemark.report.page;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of a section. Texts are plain: the templates escape them. */
public sealed interface Block {

  /** How a chip or a note is coloured; its text says the same. */
  enum Tone {
    PLAIN,
    GOOD,
    DOUBTFUL,
    BAD;

    /** Returns the class of the style sheet. */
    public String style() {
      return "tone-" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A word in a frame.
   *
   * @param tone of its colour
   * @param text such as {@code VALID}
   */
  record Chip(Tone tone, String text) {}

  /**
   * The answer of the page.
   *
   * @param sentence what was found
   * @param chips verdict and precision
   * @param facts a line each
   * @param advice what would make it better
   */
  record Answer(String sentence, List<Chip> chips, List<String> facts, List<Advice> advice)
      implements Block {
    public Answer {
      chips = List.copyOf(chips);
      facts = List.copyOf(facts);
      advice = List.copyOf(advice);
    }
  }

  /**
   * Something found, and what to do about it.
   *
   * @param tone of its colour
   * @param found what
   * @param recommendation empty for none
   */
  record Advice(Tone tone, String found, String recommendation) {}

  /** A list of remarks with what to do about each. */
  record Advices(List<Advice> advice) implements Block {
    public Advices {
      advice = List.copyOf(advice);
    }
  }

  /** A smaller heading. */
  record Heading(String text) implements Block {}

  /** A paragraph. */
  record Paragraph(String text) implements Block {}

  /** A list of sentences. */
  record Items(List<String> texts) implements Block {
    public Items {
      texts = List.copyOf(texts);
    }
  }

  /** Text of several lines as it is. */
  record Code(String caption, String text) implements Block {}

  /** Relative links. */
  record Links(List<Link> links) implements Block {
    public Links {
      links = List.copyOf(links);
    }
  }

  /**
   * A link to a file of the run.
   *
   * @param text shown
   * @param target relative path, percent-encoded
   * @param about what it has
   */
  record Link(String text, String target, String about) {}

  /**
   * A chart with its figures.
   *
   * @param id unique in the page
   * @param title above it
   * @param caption how to read it; empty for none
   * @param wide SVG for screens and paper; empty for a figure that is small everywhere
   * @param narrow SVG for phones
   * @param zoom the same series for the zooming script
   * @param notes below it
   * @param data every figure of it
   */
  record Figure(
      String id,
      String title,
      String caption,
      String wide,
      String narrow,
      Optional<Zoom> zoom,
      List<String> notes,
      Optional<Table> data)
      implements Block {
    public Figure {
      notes = List.copyOf(notes);
    }
  }

  /**
   * A series that the script draws.
   *
   * @param id unique in the page
   * @param json arrays of numbers, without {@code <}
   */
  record Zoom(String id, String json) {}

  /**
   * A table.
   *
   * @param caption what it has
   * @param columns at least one
   * @param rows each with a cell for each column
   * @param sorts whether the script lets a reader sort it
   */
  record Table(String caption, List<Column> columns, List<Row> rows, boolean sorts)
      implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      for (Row row : rows) {
        if (row.cells().size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row of " + row.cells().size() + " cells under " + columns.size() + " columns");
        }
      }
    }
  }

  /**
   * A column.
   *
   * @param title above it, with the unit
   * @param numeric whether it is of numbers: to the right
   */
  record Column(String title, boolean numeric) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /**
   * A row.
   *
   * @param cells the first is its name
   */
  record Row(List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /** A row of texts. */
    public static Row of(List<String> texts) {
      return new Row(texts.stream().map(Cell::of).toList());
    }
  }

  /**
   * A cell.
   *
   * @param text shown
   * @param key what it is sorted by; empty for its text
   * @param style class, such as {@code heat-3}; empty for none
   * @param target where it leads; empty for nowhere
   */
  record Cell(String text, String key, String style, String target) {
    /** A cell that leads nowhere. */
    public Cell(String text, String key, String style) {
      this(text, key, style, "");
    }

    /** A text that leads to another page. */
    public static Cell link(String text, String target) {
      return new Cell(text, "", "", target);
    }

    public static Cell of(String text) {
      return new Cell(text, "", "");
    }

    /** Returns the key where a script cannot read it from the text; null, for no attribute. */
    public @Nullable String attribute() {
      return key.isEmpty() || text.matches("-?\\d+(\\.\\d+)?(?![\\d,]).*") ? null : key;
    }

    /** Returns the classes; null, for no attribute. */
    public @Nullable String classes(boolean numeric) {
      String classes = (numeric ? "n " + style : style).strip();
      return classes.isEmpty() ? null : classes;
    }

    /** A number with the value that it is sorted by. */
    public static Cell of(String text, double value) {
      return new Cell(text, Double.isNaN(value) ? "" : Double.toString(value), "");
    }
  }

  /** Pictures side by side. */
  record Gallery(List<Picture> pictures) implements Block {
    public Gallery {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A picture in the page.
   *
   * @param svg of it, with its title
   * @param caption under it
   */
  record Picture(String svg, String caption) {}

  /** Commands to copy. */
  record Commands(List<Command> commands) implements Block {
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /**
   * A command line.
   *
   * @param about what it does
   * @param line to type
   */
  record Command(String about, String line) {}

  /**
   * A form that asks for the same page with a text.
   *
   * @param action address
   * @param name of the text in the query
   * @param value as it is now
   * @param about what is looked for
   */
  record Find(String action, String name, String value, String about) implements Block {}

  /**
   * A table of which rows can be chosen, and a button that sends them.
   *
   * @param table each row can be chosen
   * @param action address that they are sent to
   * @param name of each in the query
   * @param values one a row
   * @param button its text
   */
  record Choose(Table table, String action, String name, List<String> values, String button)
      implements Block {
    public Choose {
      values = List.copyOf(values);
      if (values.size() != table.rows().size()) {
        throw new IllegalArgumentException("a value for each row");
      }
    }
  }

  /** Small figures side by side. */
  record Multiples(List<Figure> figures) implements Block {
    public Multiples {
      figures = List.copyOf(figures);
    }
  }

  /** Blocks that are shown when they are asked for. */
  record Folded(String summary, List<Block> blocks) implements Block {
    public Folded {
      blocks = List.copyOf(blocks);
    }
  }
}
