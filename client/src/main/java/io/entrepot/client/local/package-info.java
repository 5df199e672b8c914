// SPDX-License-Identifier: Apache-2.0
/**
 * A real server as a child process of this one: started, waited for, killed and measured. Beside it
 * an OpenSSH server of one's own ({@code LocalSshd}), for harvests over SFTP, and a PostgreSQL
 * ({@code LocalPostgresql}).
 *
 * <p>Owns the command line that the launcher's {@code up} also uses, minus the building. For
 * demonstrations, races and drills; never for talking to a server, which goes over HTTP.
 */
@NullMarked
package io.entrepot.client.local;

import org.jspecify.annotations.NullMarked;
