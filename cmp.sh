. /work/doc-tmp/env; PYTHONHASHSEED=0 python /work/doc-tmp/snapshot.py /work/doc-tmp/snap1.json 2>&1 | tail -2
python - <<'P'
import json
a=json.load(open('/work/doc-tmp/snap0.json')); b=json.load(open('/work/doc-tmp/snap1.json'))
d=[k for k in a if a[k]!=b.get(k)]+[k for k in b if k not in a]
print(len(a),'differ:',len(d)); [print(k[:200],'|',a.get(k,'')[:100],'|',b.get(k,'')[:200]) for k in d[:12]]
P
