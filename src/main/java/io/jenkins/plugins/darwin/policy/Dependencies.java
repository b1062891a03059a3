package io.jenkins.plugins.darwin.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Files whose change is an upgrade of dependencies, whatever the message says. */
final class Dependencies {
    private static final Set<String> LOCKS = Set.of(
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "bun.lock",
            "bun.lockb",
            "deno.lock",
            "cargo.lock",
            "poetry.lock",
            "pipfile",
            "pipfile.lock",
            "uv.lock",
            "pdm.lock",
            "pixi.lock",
            "conda-lock.yml",
            "go.mod",
            "go.sum",
            "gemfile",
            "gemfile.lock",
            "composer.lock",
            "chart.lock",
            "requirements.lock",
            "gradle.lockfile",
            "libs.versions.toml",
            "packages.lock.json",
            "directory.packages.props",
            "paket.lock",
            "mix.lock",
            "rebar.lock",
            "pubspec.lock",
            "podfile.lock",
            "package.resolved",
            "flake.lock",
            ".terraform.lock.hcl",
            "module.bazel.lock",
            "build.sbt.lock",
            "stack.yaml.lock",
            "environment.yml");

    /** {@code requirements.txt}, {@code requirements-dev.txt}, {@code dev-requirements.in}, {@code constraints.txt}. */
    private static final Pattern REQUIREMENTS = Pattern.compile(
            "(?:.*/)?(?:[\\w.-]*requirements?(?:[-_.][\\w.-]*)?|[\\w.-]*constraints?(?:[-_.][\\w.-]*)?)\\.(?:txt|in|lock|ya?ml)"
                    + "|(?:.*/)?requirements/[\\w.-]+\\.(?:txt|in)");

    private Dependencies() {}

    static boolean isLocked(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return LOCKS.contains(lower.substring(lower.lastIndexOf('/') + 1))
                || REQUIREMENTS.matcher(lower).matches();
    }
}
