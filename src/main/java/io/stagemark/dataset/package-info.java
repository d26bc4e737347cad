/**
 * Files to examples with their truth, each file checked before anything is timed.
 *
 * <pre>
 *   COCO JSON + images --coco----------&gt;
 *   images/ + labels/  --yolo----------&gt;
 *   images + XML files --voc-----------&gt;
 *   a folder a class   --ClassFolders--&gt;
 *   file,label table   --LabelTable----&gt;
 *   images + masks     --MaskFolder----&gt;  Example(id, source, tensors, truth) --&gt; Dataset
 *   folder of images   --ImageFolder---&gt;
 *   list of images     --ImageList-----&gt;
 *   Motion JPEG AVI    --video---------&gt;
 *   .npy, .npz         --TensorFolder--&gt;
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.dataset.Datasets}; each format is a {@link
 * io.stagemark.dataset.DatasetFormat} that the registry finds.
 *
 * <p><b>In:</b> {@link io.stagemark.dataset.DatasetSettings} and what the model says of its classes
 * and inputs. <b>Out:</b> a {@link io.stagemark.dataset.Dataset} whose images are whole files,
 * whose tensors fit, and whose truth is in the model's classes.
 *
 * <p><b>May import:</b> {@code data}, {@code image}, {@code spi}. <b>Must not know:</b> engines,
 * decoding, pixels, clocks.
 *
 * <p><b>Decisions:</b> each format with files of its own has a folder; an image is held to its
 * container's own end, because OpenCV decodes a truncated JPEG in silence; nothing is converted
 * (types, byte order, axis order): a tensor that does not fit is refused with what would.
 */
@NullMarked
package io.stagemark.dataset;

import org.jspecify.annotations.NullMarked;
