/**
 * PostgreSQL: the embedded server, the pool, the migrations, and one class per table.
 *
 * <p>The only package with SQL. Every transaction is one method, named for the fact it makes true.
 */
@NullMarked
package io.bactrian.store;

import org.jspecify.annotations.NullMarked;
