/**
 * Folders that the program writes into, so that nothing of a user's is lost in them.
 *
 * <pre>
 *   OutputFolders (may it be used? move a former run aside) --&gt; OutputTree (write, adopt, delete)
 *                        |                                           |
 *                     Survey  &lt;---- what is there, ours or not ---- OwnFiles (the list, .stagemark)
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.output.OutputTree}, then {@code OwnFiles}.
 *
 * <p><b>In:</b> a folder and what is to be written. <b>Out:</b> files under new names that are then
 * renamed, a list of them next to the folder, and the problems that keep a folder from being used.
 *
 * <p><b>May import:</b> {@code data}. <b>Must not know:</b> what is in the files.
 *
 * <p><b>Decisions:</b> a file is ours if the list next to the folder has its name, size and digest;
 * its name alone says nothing. A line of the list is written before its file appears, and carries a
 * check of its own, so that neither a kill nor another's hand makes the list claim what is not
 * ours. No link is followed. What is not ours stays where it is, with its bytes; where it is in the
 * way, nothing is begun.
 */
@NullMarked
package io.stagemark.output;

import org.jspecify.annotations.NullMarked;
