package io.stagemark.flops.torchscript.script;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type that a script declares, as text, and a value that would be of it. */
public final class DeclaredType {
  private DeclaredType() {}

  /** Returns the types inside brackets. */
  public static List<Expr> items(Expr index) {
    return index instanceof Expr.Tuple tuple ? tuple.items() : List.of(index);
  }

  /** Returns the type as the code writes it, such as {@code List[Tensor]}. */
  public static String text(@Nullable Expr type) {
    if (type == null) {
      return "Tensor";
    }
    if (type instanceof Expr.Name name) {
      return name.name();
    }
    if (type instanceof Expr.Attribute attribute) {
      return text(attribute.of()) + "." + attribute.name();
    }
    if (type instanceof Expr.Subscript generic) {
      return items(generic.index()).stream()
          .map(DeclaredType::text)
          .collect(Collectors.joining(", ", text(generic.of()) + "[", "]"));
    }
    return "Any";
  }

  /** Returns what a user could give such an argument. */
  public static String example(@Nullable Expr type) {
    if (type instanceof Expr.Subscript generic && generic.of() instanceof Expr.Name outer) {
      List<Expr> items = items(generic.index());
      String first = example(items.get(0));
      String all = items.stream().map(DeclaredType::example).collect(Collectors.joining(", "));
      return switch (outer.name()) {
        case "List" -> "[" + first + "]";
        case "Dict" -> "{" + first + ": " + example(items.get(items.size() - 1)) + "}";
        case "Tuple" -> "(" + all + (items.size() == 1 ? ", )" : ")");
        default -> first;
      };
    }
    return switch (text(type)) {
      case "int", "number" -> "16000";
      case "float" -> "0.5";
      case "bool" -> "True";
      case "str" -> "name";
      default -> "1x3x224x224";
    };
  }
}
