/**
 * Runs over time: figures in a database, change points on their trend.
 *
 * <pre>
 *   StoredRun --RunFigures--&gt; HistoryStore (SQLite, PostgreSQL) --Trend, by machine--&gt; change points
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.compare.history.HistoryStore}.
 *
 * <p><b>In:</b> stored runs. <b>Out:</b> {@link io.stagemark.compare.history.Trend}.
 *
 * <p><b>May import:</b> what {@code compare} may, and JDBC. <b>Must not know:</b> processes.
 *
 * <p><b>Decisions:</b> series are kept apart by machine fingerprint; a new baseline is an entry
 * with a reason, never a deletion.
 */
@NullMarked
package io.stagemark.compare.history;

import org.jspecify.annotations.NullMarked;
