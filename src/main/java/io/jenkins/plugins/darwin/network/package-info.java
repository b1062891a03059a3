/** How this machine reaches others: proxies on the way, and whose certificates count. Values and sockets, no subject of a release. */
package io.jenkins.plugins.darwin.network;
