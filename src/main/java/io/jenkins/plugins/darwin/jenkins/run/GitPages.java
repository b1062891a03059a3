package io.jenkins.plugins.darwin.jenkins.run;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a Git host shows a repository to people. Addresses are made for hosts whose form is known; of another one, only the
 * repository's own address, when it is https, is worth a link.
 */
final class GitPages {
    private static final Pattern SCP = Pattern.compile("[\\w.-]+@([\\w.-]+):(?!/)([\\w./~-]+)");
    private static final Pattern PATH = Pattern.compile("/[\\w./~-]+");
    private static final String DOT_GIT = "(\\.git)?/*$";

    /** Forms of addresses; with the repository's before, and a commit, branch or tag in the place of {@code %s}. */
    private enum Form {
        GITHUB("/commit/%s", "/tree/%s", "/releases/tag/%s"),
        GITLAB("/-/commit/%s", "/-/tree/%s", "/-/tags/%s"),
        BITBUCKET("/commits/%s", "/branch/%s", "/commits/tag/%s"),
        GITEA("/commit/%s", "/src/branch/%s", "/src/tag/%s");

        private final String commit;
        private final String branch;
        private final String tag;

        Form(String commit, String branch, String tag) {
            this.commit = commit;
            this.branch = branch;
            this.tag = tag;
        }

        static Optional<Form> of(String host) {
            return Optional.ofNullable(
                    host.equals("github.com") || host.startsWith("github.")
                            ? GITHUB
                            : host.equals("gitlab.com") || host.startsWith("gitlab.")
                                    ? GITLAB
                                    : host.equals("bitbucket.org")
                                            ? BITBUCKET
                                            : host.equals("codeberg.org")
                                                            || host.startsWith("gitea.")
                                                            || host.startsWith("forgejo.")
                                                    ? GITEA
                                                    : null);
        }
    }

    private final String repository;
    private final Form form;

    private GitPages(String repository, Form form) {
        this.repository = repository;
        this.form = form;
    }

    /** @param remote as Git uses it: https, ssh, or {@code user@host:path}; null for none */
    static GitPages of(String remote) {
        if (remote == null) {
            return new GitPages(null, null);
        }
        Matcher scp = SCP.matcher(remote);
        if (scp.matches()) {
            return known(scp.group(1), "/" + scp.group(2));
        }
        URI uri;
        try {
            uri = URI.create(remote);
        } catch (IllegalArgumentException e) {
            return new GitPages(null, null);
        }
        if (uri.getHost() == null
                || uri.getRawPath() == null
                || !PATH.matcher(uri.getRawPath()).matches()) {
            return new GitPages(null, null);
        }
        if ("ssh".equals(uri.getScheme())) {
            return known(uri.getHost(), uri.getRawPath());
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return "https".equals(uri.getScheme())
                ? new GitPages(
                        "https://" + uri.getHost() + port + uri.getRawPath().replaceAll(DOT_GIT, ""),
                        Form.of(uri.getHost()).orElse(null))
                : new GitPages(null, null);
    }

    /** Spoken to by ssh: whether the same host has pages on https is known of known ones only. */
    private static GitPages known(String host, String path) {
        return Form.of(host)
                .map(form -> new GitPages("https://" + host + path.replaceAll(DOT_GIT, ""), form))
                .orElseGet(() -> new GitPages(null, null));
    }

    Optional<String> repository() {
        return Optional.ofNullable(repository);
    }

    Optional<String> commit(String sha) {
        return form == null || sha == null ? Optional.empty() : page(form.commit, sha);
    }

    Optional<String> branch(String name) {
        return form == null || name == null ? Optional.empty() : page(form.branch, name);
    }

    Optional<String> tag(String name) {
        return form == null || name == null ? Optional.empty() : page(form.tag, name);
    }

    private Optional<String> page(String pattern, String name) {
        String escaped = Arrays.stream(name.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return Optional.of(repository + pattern.formatted(escaped));
    }
}
