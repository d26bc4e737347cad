package io.stagemark.inspect.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stagemark.inspect.InspectedInput;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.fact.Axis;
import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.OutputSignature;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.file.ModelSource.Declared;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.metadata.ExportMetadata;
import io.stagemark.inspect.prep.Preparation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An inspection as JSON. A fact is an object of {@code value}, {@code grade} and {@code source};
 * what is not known is absent.
 */
public final class InspectionJson {
  private InspectionJson() {}

  /** Returns a JSON text. */
  public static String render(ModelInspection found) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(tree(found));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an inspection of numbers and strings must render", e);
    }
  }

  private static Map<String, Object> tree(ModelInspection found) {
    Map<String, Object> tree = new LinkedHashMap<>();
    Declared declared = found.declared();
    tree.put("file", String.valueOf(found.file().getFileName()));
    tree.put("bytes", found.bytes());
    tree.put("sha256", found.sha256());
    tree.put("format", declared.format());
    declared.opset().ifPresent(opset -> tree.put("opset", opset));
    declared.irVersion().ifPresent(version -> tree.put("irVersion", version));
    tree.put("producer", declared.producer());
    tree.put("inputs", found.inputs().stream().map(InspectionJson::input).toList());
    tree.put("outputs", found.trace().outputs().stream().map(InspectionJson::output).toList());
    tree.put("operators", found.trace().operators());
    tree.put("nmsInside", found.trace().hasNms());
    tree.put("firstOperators", found.trace().firstSteps());
    metadata(declared.metadata(), tree);
    found.names().ifPresent(names -> tree.put("names", fact(names)));
    found.head().ifPresent(head -> tree.put("head", head(head)));
    if (found.recognition().isAmbiguous()) {
      tree.put(
          "candidates",
          found.recognition().candidates().stream().map(InspectionJson::head).toList());
    }
    found.preparation().ifPresent(prep -> tree.put("preprocess", preparation(prep)));
    tree.put("task", fact(found.task()));
    tree.put("scorable", found.scoreObstacles().isEmpty());
    tree.put("scoreObstacles", found.scoreObstacles());
    tree.put("notes", found.notes());
    return tree;
  }

  private static Map<String, Object> fact(Fact<?> fact) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("value", fact.value());
    tree.put("grade", fact.grade().text());
    tree.put("source", fact.source());
    return tree;
  }

  private static void metadata(ExportMetadata metadata, Map<String, Object> tree) {
    metadata
        .exporter()
        .ifPresent(name -> tree.put("exporter", fact(Fact.stated(name, "metadata"))));
    metadata
        .licence()
        .ifPresent(text -> tree.put("licence", fact(Fact.stated(text, "metadata license"))));
    metadata
        .imgsz()
        .ifPresent(size -> tree.put("imageSize", fact(Fact.stated(size, "metadata imgsz"))));
    metadata
        .stride()
        .ifPresent(stride -> tree.put("stride", fact(Fact.stated(stride, "metadata stride"))));
    tree.put("metadata", metadata.entries());
  }

  private static Map<String, Object> input(InspectedInput input) {
    Map<String, Object> tree = signature(input.declared());
    tree.put("shape", fact(input.shape()));
    return tree;
  }

  private static Map<String, Object> signature(TensorSignature declared) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", declared.name());
    tree.put("type", declared.type());
    declared
        .axes()
        .ifPresent(
            axes -> {
              List<Object> shown = new ArrayList<>();
              for (Axis axis : axes) {
                shown.add(axis.isOpen() ? axis.name() : axis.size());
              }
              tree.put("axes", shown);
            });
    return tree;
  }

  private static Map<String, Object> output(OutputSignature output) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", output.name());
    tree.put("type", output.type());
    if (output.ranked()) {
      tree.put("shape", output.shape());
    }
    tree.put("endsIn", output.tail());
    return tree;
  }

  private static Map<String, Object> head(Head head) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("family", head.family());
    tree.put("title", head.title());
    tree.put("task", head.task());
    head.classes().ifPresent(count -> tree.put("classes", count));
    head.decoder().ifPresent(type -> tree.put("decoder", type));
    if (!head.parameters().isEmpty()) {
      tree.put("parameters", head.parameters());
    }
    tree.put("grade", head.grade().text());
    tree.put("source", head.source());
    if (!head.trap().isEmpty()) {
      tree.put("trap", head.trap());
    }
    return tree;
  }

  private static Map<String, Object> preparation(Preparation prep) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("resize", fact(prep.resize()));
    prep.padValue().ifPresent(value -> tree.put("padValue", value));
    tree.put("color", fact(prep.color()));
    tree.put("layout", fact(prep.layout()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("scale", prep.normalisation().value().scale());
    values.put("mean", prep.normalisation().value().mean());
    values.put("std", prep.normalisation().value().std());
    Fact<?> from = prep.normalisation();
    tree.put("normalisation", fact(new Fact<>(values, from.grade(), from.source())));
    return tree;
  }
}
