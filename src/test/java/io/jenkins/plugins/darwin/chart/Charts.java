package io.jenkins.plugins.darwin.chart;

import io.jenkins.plugins.darwin.testing.MemoryTree;

/** A tree with an umbrella chart, shaped like those that this project releases. */
final class Charts {
    private Charts() {}

    static String yaml(String name, String version, String more) {
        return "apiVersion: v2\nname: " + name + "\nversion: " + version + "\nappVersion: \"" + version + "\"\n" + more;
    }

    static String dependency(String name, String version, String repository) {
        return "  - name: " + name + "\n    version: \"" + version + "\"\n    repository: \"" + repository + "\"\n";
    }

    static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-" + name
                + "\ndata:\n  image: {{ .Values.image | default \"none\" | quote }}\n";
    }

    /** {@code services} in charts/, {@code datastores} in charts/ holding {@code mysql} in its own charts/, {@code common} outside. */
    static MemoryTree umbrella() {
        return new MemoryTree()
                .file("README.md", "# Darwin\n")
                .file(
                        "helm/darwin/Chart.yaml",
                        yaml(
                                "darwin",
                                "1.3.0",
                                """
                        description: Platform for machine learning
                        type: application
                        home: https://example.org/darwin
                        sources:
                          - https://example.org/darwin.git
                        keywords: [ml, platform]
                        maintainers:
                          - name: Release Team
                            email: release@example.org
                          - name: Second
                        annotations:
                          category: ml
                          org.opencontainers.image.title: not this
                        dependencies:
                        """ + dependency("services", "1.3.0", "file://./charts/services")
                                        + "    condition: services.enabled\n    import-values:\n      - child: global\n        parent: global\n"
                                        + dependency("datastores", "^1.0.0", "file://charts/datastores")
                                        + dependency("common", "2.x", "file://../common")))
                .file("helm/darwin/values.yaml", "image: darwin\nservices:\n  enabled: true\n")
                .file(
                        "helm/darwin/.helmignore",
                        "# none of these\n.DS_Store\n*.bak\n/notes/\ndocs/*.draft\n[a-c]*.tmp\n")
                .file("helm/darwin/.DS_Store", "x")
                .file("helm/darwin/a.bak", "x")
                .file("helm/darwin/notes/x.md", "x")
                .file("helm/darwin/sub/notes/x.md", "kept")
                .file("helm/darwin/docs/a.draft", "x")
                .file("helm/darwin/docs/a.md", "kept")
                .file("helm/darwin/a.tmp", "x")
                .file("helm/darwin/d.tmp", "kept")
                .file("helm/darwin/charts/_later/x", "x")
                .file("helm/darwin/templates/config.yaml", configMap("darwin"))
                .file("helm/darwin/templates/.hidden", "x")
                .link("helm/darwin/LINKED.md", "docs/a.md")
                .link("helm/darwin/linked", "docs")
                .file("helm/darwin/charts/services/Chart.yaml", yaml("services", "1.3.0", ""))
                .file("helm/darwin/charts/services/templates/config.yaml", configMap("services"))
                .file("helm/darwin/charts/services/old.bak", "x")
                .file(
                        "helm/darwin/charts/datastores/Chart.yaml",
                        yaml(
                                "datastores",
                                "1.3.0",
                                "dependencies:\n" + dependency("mysql", "8.0.0", "file://./charts/mysql")
                                        + "    condition: mysql.enabled\n"))
                .file("helm/darwin/charts/datastores/values.yaml", "mysql:\n  enabled: true\n")
                .file("helm/darwin/charts/datastores/charts/mysql/Chart.yaml", yaml("mysql", "8.0.0", ""))
                .file("helm/darwin/charts/datastores/charts/mysql/templates/config.yaml", configMap("mysql"))
                .file("helm/common/Chart.yaml", yaml("common", "2.4.0", "type: library\n"))
                .file("helm/common/.helmignore", "*.md\n")
                .file("helm/common/NOTES.md", "x")
                .file("helm/common/templates/_helpers.tpl", "{{- define \"common.x\" }}x{{ end }}\n");
    }
}
