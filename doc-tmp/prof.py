import sys,cProfile,pstats
sys.argv=['qmsplan','render',sys.argv[1],'--out','/work/doc-tmp/o']
from qmsplan.__main__ import *
import qmsplan.__main__ as m
