package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The formats of this program, each named in the service file. */
final class BuiltInFormats {
  private BuiltInFormats() {}

  /** A format whose reader takes notes of what a user should know. */
  private abstract static class WithNotes implements DatasetFormat {
    private final String name;
    private final String description;
    private final Set<DatasetKey> required;

    WithNotes(String name, String description, DatasetKey... required) {
      this.name = name;
      this.description = description;
      this.required = Set.of(required);
    }

    @Override
    public final String name() {
      return name;
    }

    @Override
    public final String description() {
      return description;
    }

    @Override
    public final Set<DatasetKey> required() {
      return required;
    }

    @Override
    public boolean hasTruth(DatasetSettings settings) {
      return true;
    }

    @Override
    public final Dataset open(DatasetSettings settings, Optional<ModelView> model)
        throws BadInputException {
      FoundNotes notes = new FoundNotes();
      List<Example> examples = read(settings, model, notes);
      return new Dataset(settings.name(), examples, notes.list());
    }

    abstract List<Example> read(
        DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException;

    static Optional<LabelMap> labels(Optional<ModelView> model) {
      return model.map(ModelView::labels);
    }
  }

  /** A format whose examples are scored against a folder of target tensors, where there is one. */
  private abstract static class WithTargets extends WithNotes {
    WithTargets(String name, String description, DatasetKey... required) {
      super(name, description, required);
    }

    @Override
    public Set<DatasetKey> optional() {
      return Set.of(DatasetKey.TARGETS);
    }

    @Override
    public boolean hasTruth(DatasetSettings settings) {
      return settings.truth().isPresent();
    }
  }

  /** See {@link ClassFolders}. */
  public static final class ImagesByClass extends WithNotes {
    public ImagesByClass() {
      super(
          "image-folder",
          "a folder of images for each class, with the class's name",
          DatasetKey.IMAGES);
    }

    @Override
    public Set<DatasetKey> optional() {
      return Set.of(DatasetKey.UNKNOWN_CLASSES);
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return ClassFolders.read(settings, labels(model), notes);
    }
  }

  /** See {@link LabelTable}. */
  public static final class Csv extends WithNotes {
    public Csv() {
      super(
          "csv",
          "a folder of images and a table: file,label with ';' between labels",
          DatasetKey.IMAGES,
          DatasetKey.ANNOTATIONS);
    }

    @Override
    public Set<DatasetKey> optional() {
      return Set.of(DatasetKey.UNKNOWN_CLASSES);
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return LabelTable.read(settings, labels(model), notes);
    }
  }

  /** See {@link MaskFolder}. */
  public static final class Masks extends WithNotes {
    public Masks() {
      super(
          "masks",
          "a folder of images and one of PNG masks, a class for each pixel",
          DatasetKey.IMAGES,
          DatasetKey.MASKS);
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return MaskFolder.read(settings, notes);
    }
  }

  /** See {@link ImageFolder}. */
  public static final class Images extends WithTargets {
    public Images() {
      super(
          "images",
          "a folder of images; scored with a folder of target tensors",
          DatasetKey.IMAGES);
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return ImageFolder.read(settings, notes);
    }
  }

  /** See {@link ImageList}. */
  public static final class ListedImages extends WithTargets {
    public ListedImages() {
      super(
          "image-list",
          "images that a text file names, a path a line; scored with target tensors",
          DatasetKey.IMAGES,
          DatasetKey.ANNOTATIONS);
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return ImageList.read(settings);
    }
  }

  /** See {@link TensorFolder}. */
  public static final class Tensors extends WithTargets {
    public Tensors() {
      super(
          "tensors",
          "a folder of .npy or .npz files; scored with a folder of targets",
          DatasetKey.PATH);
    }

    @Override
    public boolean holdsTensors() {
      return true;
    }

    @Override
    List<Example> read(DatasetSettings settings, Optional<ModelView> model, FoundNotes notes)
        throws BadInputException {
      return TensorFolder.read(
          settings,
          model.map(ModelView::inputs).orElse(List.of()),
          model.map(ModelView::sequences).orElse(false),
          notes);
    }
  }
}
