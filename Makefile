# make demo   shows the site; make test   checks everything. Both need git, make and Python 3.11 or newer.

PORT ?= 8000
# Name an interpreter to use it instead of the first suitable one: make demo PYTHON=python3.12
PYTHON ?=
VENV ?= .venv
LOCK ?= requirements.lock
# Names of single steps for a quick look: make test STEPS="format lint"
STEPS ?=
# Another site than the demo, and addresses on it: make audit SITE=https://www.example.org PATHS="/pl/ /pl/about/"
SITE ?=
PATHS ?=
VNU_JAR := var/audit/package/build/dist/vnu.jar

INSTALLED := $(VENV)/$(LOCK).installed

# How often each operation of the API is asked: make fuzz EXAMPLES=1000
EXAMPLES ?= 300

.PHONY: help demo test audit fuzz environment lock messages

help:
	@echo "make demo      make the environment, load the demo site, serve it on 127.0.0.1:$(PORT) (PORT=... for another)"
	@echo "make test      install what the checks need and run all of them (STEPS=\"lint types\" for some)"
	@echo "make audit     visit every page and state in a browser and look for barriers (SITE=https://... for another site)"
	@echo "make fuzz      ask each operation of the API $(EXAMPLES) times for what nobody thought of (EXAMPLES=... for more)"
	@echo "make messages  gather the words to translate and compile the translations (needs gettext)"
	@echo "make lock      write both lock files anew after a change in pyproject.toml (needs uv)"

demo: environment
	@PORT=$(PORT) $(VENV)/bin/python manage.py demo

# The lock of the tests holds the lock of the site.
test:
	@$(MAKE) --no-print-directory environment LOCK=requirements-test.lock
	@$(VENV)/bin/python tests/run.py $(STEPS)

# The Nu checker needs Java and comes from npm; without them everything but the validity of HTML is looked at.
audit:
	@$(MAKE) --no-print-directory environment LOCK=requirements-test.lock
	@if [ -z "$$VNU_JAR" ] && command -v java >/dev/null && command -v npm >/dev/null && [ ! -e $(VNU_JAR) ]; then \
	  mkdir -p var/audit && cd var/audit && npm pack --silent vnu-jar >/dev/null && tar xzf vnu-jar-*.tgz; \
	fi
	@VNU_JAR="$${VNU_JAR:-$(VNU_JAR)}" $(VENV)/bin/python tests/audit.py $(if $(SITE),--site $(SITE)) $(PATHS)

fuzz:
	@$(MAKE) --no-print-directory environment LOCK=requirements-test.lock
	@$(VENV)/bin/python -m pytest tests/contrib/api/test_fuzz.py --fuzz $(EXAMPLES)

environment: $(INSTALLED)
	@:

$(INSTALLED): $(LOCK) $(VENV)/bin/python
	@echo "Installing the packages of $(LOCK) into $(VENV) (about a minute the first time) ..."
	@$(VENV)/bin/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r $(LOCK)
	@touch $@

# A link to an interpreter that has gone counts as missing, so the environment is then made anew.
$(VENV)/bin/python:
	@found=; \
	for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Rynek needs Python 3.11 or newer, and none was found (looked for python3 and python3.11 to python3.14)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  version=$$("$$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "$$found cannot make virtual environments, because its venv module is a package of its own here." >&2; \
	  echo "On Debian or Ubuntu: sudo apt-get install python$$version-venv" >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version) ..."; \
	"$$found" -m venv --clear $(VENV)

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --group test --universal --generate-hashes --no-header --python-version 3.11 -q -o requirements-test.lock

messages:
	@$(MAKE) --no-print-directory environment LOCK=requirements-test.lock
	@$(VENV)/bin/python tests/messages.py
